import { Desk, type Look, type Screen } from './browser';
import { emailOf, password, type World } from './world';

/** How a journey is seen: the same steps on every screen, light and dark. */
export interface Sight {
  readonly screen: Screen;
  readonly look: Look;
}

/** A way of people through the console, from the first click to what they wanted. */
export interface Journey {
  /** A sentence of what holds. */
  readonly name: string;
  /** How it is seen when it is played once. */
  readonly sight: Sight;
  run(stage: Stage): Promise<void>;
}

/** Where one journey is played: the people that it opens desks for. */
export class Stage {
  readonly desks: Desk[] = [];

  constructor(
    readonly world: World,
    readonly sight: Sight,
  ) {}

  /** Somebody of a role, or of an address, who is signed in and has no page open yet. */
  async desk(who: string): Promise<Desk> {
    // Pictures are named after the role, whoever has it this time.
    const opened = await this.stranger(who.replace(/[.@].*$/, ''));
    await opened.enter(who.includes('@') ? who : emailOf(who), password);
    return opened;
  }

  /** A browser in which nobody is signed in. */
  async stranger(name: string): Promise<Desk> {
    const { chromium, origin } = this.world;
    const opened = await Desk.open(chromium, origin, { name, ...this.sight });
    this.desks.push(opened);
    return opened;
  }
}

/** Against hanging, not against slowness. */
const longestMs = 150_000;

/** @throws Error when a step fails, a page complains, or a state that was looked at is not as it has to be */
export async function play(journey: Journey, world: World, sight: Sight = journey.sight): Promise<void> {
  const stage = new Stage(world, sight);
  let timer: NodeJS.Timeout | undefined;
  const hangs = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`has not ended after ${longestMs / 1000} s`)), longestMs);
  });
  try {
    await Promise.race([journey.run(stage), hangs]);
    const wrong = stage.desks.flatMap(({ faults, unclean }) => [...faults, ...unclean]);
    if (wrong.length > 0) throw new Error(wrong.join('\n'));
  } catch (error) {
    const where = await Promise.all(stage.desks.map((desk) => desk.leaveTrace()));
    const faults = stage.desks.flatMap((desk) => desk.faults);
    throw new Error([error instanceof Error ? error.message : error, ...where, ...faults].join('\n'), { cause: error });
  } finally {
    clearTimeout(timer);
    for (const desk of stage.desks) await desk.close();
  }
}

/** So many at a time; the others wait for their turn. */
export class Turns {
  private readonly waiting: (() => void)[] = [];

  constructor(private free: number) {}

  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((called) => this.waiting.push(called));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free += 1;
    }
  }
}
