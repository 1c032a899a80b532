/** Where answers change places: each is left here and another one is taken away. */
export class ShuffleBooth {
  private waiting: ((other: string) => void) | undefined;
  private left: string | undefined;

  /** Leaves an answer; resolves with the next one that is left, or with itself when none comes in time. */
  exchange(answer: string, waitMs: number): Promise<string> {
    const { waiting, left } = this;
    if (waiting !== undefined && left !== undefined) {
      this.waiting = undefined;
      this.left = undefined;
      waiting(answer);
      return Promise.resolve(left);
    }
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        if (this.left === answer) this.left = this.waiting = undefined;
        resolve(answer);
      }, waitMs);
      this.left = answer;
      this.waiting = (other) => {
        clearTimeout(timer);
        resolve(other);
      };
    });
  }
}
