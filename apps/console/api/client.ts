import { problemOf, Unreachable } from './problem';

export interface CallOptions {
  /** What the page asks by itself keeps no session alive. */
  readonly background?: boolean;
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
  /** A sign-in in place is no use: its refusal is the answer. */
  readonly isSigningIn?: boolean;
  readonly keepalive?: boolean;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Asks the person to sign in again; resolves once that was done. */
type SignInAgain = () => Promise<void>;

let signInAgain: SignInAgain | undefined;

/** Whoever shows the sign-in over a page says so here. */
export function onSessionEnd(ask: SignInAgain | undefined): void {
  signInAgain = ask;
}

/**
 * One request to the API. When the session has ended, the person signs in and the request is made again: nothing that was typed is lost.
 *
 * @param path begins with `/v1/`; patient data go into the body, never into the path
 * @throws ApiProblem as the API refuses; Unreachable when nobody answers
 */
export async function call<Result>(
  method: Method,
  path: string,
  body?: unknown,
  options: CallOptions = {},
): Promise<Result> {
  const response = await send(method, path, body, options);
  if (response.status === 401 && !options.isSigningIn && signInAgain) {
    await signInAgain();
    return call(method, path, body, { ...options, isSigningIn: true });
  }
  if (!response.ok) throw await problemOf(response);
  return (await bodyOf(response)) as Result;
}

/** As `call`, for what is read. */
export function read<Result>(path: string, options: CallOptions = {}): Promise<Result> {
  return call('GET', path, undefined, options);
}

/** The bare response, for streams and files. @throws Unreachable */
export async function send(
  method: Method,
  path: string,
  body: unknown,
  { background, idempotencyKey, signal, keepalive }: CallOptions,
): Promise<Response> {
  const isBlob = body instanceof Blob;
  const headers: Record<string, string> = {
    'x-openvob-csrf': '1',
    ...(background ? { 'x-openvob-background': '1' } : {}),
    ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
    ...(body === undefined ? {} : { 'content-type': isBlob ? body.type : 'application/json' }),
  };
  try {
    return await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
      ...(signal ? { signal } : {}),
      ...(keepalive ? { keepalive } : {}),
      ...(body === undefined ? {} : { body: isBlob ? body : JSON.stringify(body) }),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Unreachable();
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
}
