/** Waits before each further try, ms: long enough for a network that changes from one to another. */
const waitsMs = [300, 1000, 3000];

/** Fetches code. A connection that breaks meanwhile is met by asking again; the last failure is thrown. */
export async function fetched<Code>(load: () => Promise<Code>): Promise<Code> {
  for (const waitMs of waitsMs) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
  return load();
}
