import { randomUUID } from 'node:crypto';
import type { Adapter } from '@openvob/payers';
import { Problem } from '@openvob/platform';
import type { DueVerification } from '@openvob/store';
import { type EventKind, isResting, moves, next, type Status } from '@openvob/verification';
import { facilityId, intakeSourceId, requestFor } from '../setup/seed';
import { type AnswerName, type Answers, endings } from './lifecycle.answers';
import type { Command } from './lifecycle.commands';
import { dyingAt, type LifecycleWorld, type Standing, watchingPermits } from './lifecycle.world';

const actor = { kind: 'api_key', id: 'key_life' } as const;
const part2 = { signedOn: '2026-01-02', scope: 'treatment_payment_operations' };
const keyHoldsForMs = 24 * 3_600_000;
const longerThanLeaseMs = 16_000;
const legal = new Set(moves.flatMap((move) => move.from.map((from) => `${from} ${move.to}`)));

/** What the model knows of a verification. */
interface Known {
  id: string;
  body: Record<string, unknown>;
  key?: string;
  keyHoldsUntil?: number;
  response?: string;
  payer: 'scripted' | 'by_phone';
  lacks: Set<'information' | 'consent'>;
  standing: Standing;
  /** What payers answered about the request as it stands, in this round. */
  heard: Set<AnswerName>;
}

interface Frozen {
  known: Known;
  fence: Standing;
  thaw(): void;
  over: Promise<void>;
}

/** One sequence of commands, with a model beside the real store that says after each where verifications may stand. */
export class Sequence {
  private readonly all: Known[] = [];
  private frozen: Frozen | undefined;
  private noted: { known: Known; what: string } | undefined;
  private readonly played: string[] = [];

  private constructor(
    private readonly world: LifecycleWorld,
    private readonly answers: Answers,
    private readonly payerId: string,
    private readonly number: number,
  ) {}

  static async begin(world: LifecycleWorld, answers: Answers, number: number): Promise<Sequence> {
    await world.clear();
    return new Sequence(world, answers, await world.freshPayer(number), number);
  }

  async play(command: Command): Promise<void> {
    this.played.push(JSON.stringify(command));
    switch (command.kind) {
      case 'submit':
        return this.submit(command.what);
      case 'submit_again':
        return this.submitAgain(command.which);
      case 'webhook':
        return this.deliver(command.times, command.isComplete);
      case 'correct':
      case 'consent':
      case 'reverify':
      case 'cancel':
        return this.act(command.kind, command.which);
      case 'withdraw':
        return this.withdraw(command.which);
      case 'work':
        return this.work(command.which, command.answer);
      case 'work_twice':
        return this.workTwice(command.which, command.answer);
      case 'crash':
        return this.crash(command);
      case 'freeze':
        return this.freeze(command.which, command.answer);
      case 'thaw':
        return this.thaw();
      case 'overtake':
        return this.overtake(command);
      case 'pass':
        this.world.clock.advance(command.ms);
        return;
      case 'sweep':
        await this.world.sweep();
        return this.checkAll();
      case 'lose_queue':
        this.world.queue.clear();
        return;
      case 'pause':
      case 'resume':
        return this.world.pause(this.payerId, command.kind === 'pause');
      case 'queue_down':
        this.world.queueIsDown = command.isDown;
    }
  }

  /** Payers answer again, the queue is there, time passes: everything has to come to rest, in moves that are legal from the first to the last. */
  async finish(): Promise<void> {
    this.played.push('finish');
    const { world } = this;
    await this.thaw();
    world.queueIsDown = false;
    await world.pause(this.payerId, false);
    for (let turn = 0; turn < 60 && this.all.some(({ standing }) => !isResting(standing.status as Status)); turn += 1) {
      world.clock.advance(turn % 2 === 0 ? 61_000 : 700_000);
      await world.sweep();
      await this.checkAll();
      for (const job of [...world.queue.values()]) await this.runJob(job, 'complete');
    }
    for (const known of this.all) {
      if (!isResting(known.standing.status as Status)) this.fail(known, 'is lost: it comes to no rest');
      await this.checkTrail(known);
    }
  }

  private async submit(what: 'complete' | 'without_consent' | 'by_phone'): Promise<void> {
    const body = this.body(what);
    const key = randomUUID();
    const keyHoldsUntil = this.world.clock.now().getTime() + keyHoldsForMs;
    const { id, response } = await this.world.intake.accept(facilityId, actor, body, key);
    const lacks = new Set(what === 'without_consent' ? (['consent'] as const) : []);
    await this.know({
      id,
      body,
      key,
      keyHoldsUntil,
      response,
      payer: what === 'by_phone' ? 'by_phone' : 'scripted',
      lacks,
    });
  }

  private async submitAgain(which: number): Promise<void> {
    const known = this.pick(which);
    if (!known?.key || (known.keyHoldsUntil ?? 0) <= this.world.clock.now().getTime()) return;
    const again = await this.world.intake.accept(facilityId, actor, known.body, known.key);
    if (again.id !== known.id || again.response !== known.response) this.fail(known, 'was accepted twice');
    await this.check(known, []);
  }

  private async deliver(times: number, isComplete: boolean): Promise<void> {
    const data = this.body('complete') as { coverages: object[] };
    if (!isComplete) data.coverages = [{ payer: { id: this.payerId } }];
    const messageId = randomUUID();
    const source = { id: intakeSourceId, facilityId };
    const ids = new Set<string>();
    for (let time = 0; time < times; time += 1) {
      const { response } = await this.world.intake.acceptForm({ source, messageId, data, text: JSON.stringify(data) });
      ids.add((JSON.parse(response) as { id: string }).id);
    }
    const [id] = ids;
    if (!id || ids.size > 1) throw new Error('One message made several verifications');
    const lacks = new Set(isComplete ? [] : (['information'] as const));
    await this.know({ id, body: data as Record<string, unknown>, payer: 'scripted', lacks });
  }

  /** What people do: done where the lifecycle has such a move, refused where it has none. */
  private async act(what: 'correct' | 'consent' | 'reverify' | 'cancel', which: number): Promise<void> {
    const known = this.pick(which);
    if (!known) return;
    const event: EventKind = (
      { correct: 'corrected', consent: 'consented', reverify: 'reverified', cancel: 'cancelled' } as const
    )[what];
    const { status } = known.standing;
    const to = next(status as Status, event);
    const who = { facilityId, id: known.id, actor };
    const { corrections } = this.world;
    const done = await this.refusal(async () => {
      if (what === 'correct') await corrections.information(who, { coverages: [this.coverage(known)] });
      else if (what === 'consent') await corrections.consent(who, { part2 });
      else await corrections[what](who);
    });
    const isAllowed = to !== undefined || (what === 'consent' && status !== 'cancelled');
    if ((done === undefined) !== isAllowed) this.fail(known, `${what} was ${done ?? 'done'} while ${status}`);
    if (!isAllowed) return this.check(known, []);
    if (what === 'correct') known.lacks.delete('information');
    if (what === 'consent') known.lacks.delete('consent');
    if (to !== undefined && (what === 'correct' || what === 'reverify')) known.heard.clear();
    await this.check(known, to === undefined ? [] : [to], what);
  }

  /** From now on nothing may be sent about this person; what was answered stays. */
  private async withdraw(which: number): Promise<void> {
    const known = this.pick(which);
    if (!known || this.frozen?.known === known) return;
    await this.world.withdrawConsent(known.id);
    known.lacks.add('consent');
    await this.check(known, []);
  }

  /** The code of the problem that came of it, if one did. */
  private async refusal(work: () => Promise<void>): Promise<string | undefined> {
    try {
      await work();
      return undefined;
    } catch (error) {
      if (error instanceof Problem) return error.code;
      throw error;
    }
  }

  private async work(which: number, answer: AnswerName): Promise<void> {
    const job = this.takeJob(which);
    if (job) await this.runJob(job, answer);
  }

  private async runJob(job: DueVerification, answer: AnswerName): Promise<void> {
    const known = this.of(job);
    let refused = false;
    const runner = this.world.runner(this.giving(known, answer), (parts) =>
      watchingPermits(parts, () => (refused = true)),
    );
    this.world.queue.delete(jobId(job));
    const outcome = await runner.run(job, new AbortController().signal).catch(() => 'failed' as const);
    await this.check(known, this.afterRun(known, refused));
    if (outcome === 'failed') await this.world.enqueue(job).catch(() => undefined);
    else if (outcome.kind === 'later') this.world.queue.set(jobId(job), job);
  }

  /** One of the two is turned away, or finds everything done: the payer is asked by one of them. */
  private async workTwice(which: number, answer: AnswerName): Promise<void> {
    const job = this.takeJob(which);
    if (!job) return;
    const known = this.of(job);
    let underWay = 0;
    let most = 0;
    const giving = this.giving(known, answer);
    const verify: Adapter['verify'] = async (...given) => {
      underWay += 1;
      most = Math.max(most, underWay);
      try {
        return await giving(...given);
      } finally {
        underWay -= 1;
      }
    };
    const { signal } = new AbortController();
    const claims = await this.claims(known);
    await Promise.allSettled([this.world.runner(verify).run(job, signal), this.world.runner(verify).run(job, signal)]);
    if (most > 1) this.fail(known, 'is asked about by two workers at once');
    if ((await this.claims(known)) > claims + 1) this.fail(known, 'was claimed by two workers at once');
    await this.check(known, this.afterRun(known, true).concat('asking_payer'));
  }

  private async claims({ id }: Known): Promise<number> {
    return (await this.world.moves(id)).filter(({ to }) => to === 'asking_payer').length;
  }

  /** Wherever the process died, the row stands where it stood, is claimed, or has moved as the run would have moved it. */
  private async crash({ which, answer, at, when }: Extract<Command, { kind: 'crash' }>): Promise<void> {
    const job = this.takeJob(which);
    if (!job) return;
    const known = this.of(job);
    const runner = this.world.runner(this.giving(known, answer), (parts) => dyingAt(parts, at, when));
    await runner.run(job, new AbortController().signal).catch(() => undefined);
    await this.check(known, ['asking_payer', ...this.afterRun(known, true)]);
  }

  private async freeze(which: number, answer: AnswerName): Promise<void> {
    const job = this.frozen ? undefined : this.takeJob(which);
    if (!job) return;
    const known = this.of(job);
    let thaw: () => void = () => undefined;
    const thawed = new Promise<void>((resolve) => (thaw = resolve));
    let asks: () => void = () => undefined;
    const asking = new Promise<'asks'>((resolve) => (asks = () => resolve('asks')));
    const standStill = (): Promise<void> => {
      asks();
      return thawed;
    };
    const runner = this.world.runner(this.giving(known, answer, standStill));
    this.world.queue.delete(jobId(job));
    const over = runner.run(job, new AbortController().signal).then(
      () => undefined,
      () => undefined,
    );
    const isAsking = (await Promise.race([asking, over])) === 'asks';
    await this.check(known, this.afterRun(known, true).concat('asking_payer'));
    if (isAsking) this.frozen = { known, fence: { ...known.standing }, thaw, over };
  }

  /** A run that stood still may only end what is its own yet. */
  private async thaw(): Promise<void> {
    const { frozen } = this;
    if (!frozen) return;
    this.frozen = undefined;
    const { known, fence } = frozen;
    const isItsOwn = known.standing.version === fence.version;
    const answers = await this.world.answers(known.id);
    const heard = new Set(known.heard);
    frozen.thaw();
    await frozen.over;
    if (isItsOwn) return this.check(known, this.afterRun(known, true));
    known.heard = heard;
    const { version } = await this.world.standing(known.id);
    if (version !== known.standing.version) this.fail(known, 'was moved by a run that had been superseded');
    if ((await this.world.answers(known.id)) !== answers)
      this.fail(known, 'was answered by a run that had been superseded');
  }

  private async overtake({ which, answer, late }: Extract<Command, { kind: 'overtake' }>): Promise<void> {
    await this.thaw();
    const job = this.takeJob(which);
    if (!job) return;
    await this.freeze(which, late);
    this.world.clock.advance(longerThanLeaseMs);
    this.world.queue.set(jobId(job), job);
    await this.runJob(job, answer);
    await this.thaw();
  }

  /** Where a run may leave a verification that could be claimed. */
  private afterRun(known: Known, permitWasRefused: boolean): Status[] {
    if (known.lacks.has('information')) return ['needs_information'];
    if (known.lacks.has('consent')) return ['needs_consent'];
    if (known.payer === 'by_phone') return ['needs_call'];
    const refused: Status[] = permitWasRefused ? ['waiting_for_payer', 'needs_call'] : [];
    return [...[...known.heard].flatMap((name): readonly Status[] => endings[name]), ...refused];
  }

  /** The payer's answer, and what must hold when it is asked. */
  private giving(
    known: Known,
    answer: AnswerName,
    meanwhile = (): Promise<void> => Promise.resolve(),
  ): Adapter['verify'] {
    return async (inquiry) => {
      if (!(await this.world.isOpen(inquiry.id))) this.note(known, 'is asked about although its answer is there');
      await meanwhile();
      known.heard.add(answer);
      if (answer === 'throws') throw new Error('A bug');
      return this.answers[answer];
    };
  }

  private async know(known: Omit<Known, 'standing' | 'heard'>): Promise<void> {
    const standing = await this.world.standing(known.id);
    const added = { ...known, standing, heard: new Set<AnswerName>() };
    if (!['received', 'queued'].includes(standing.status)) this.fail(added, `begins as ${standing.status}`);
    this.all.push(added);
  }

  /** Holds a verification against the model and notes where it stands now. */
  private async check(known: Known, allowed: readonly string[], after?: string): Promise<void> {
    if (this.noted) this.fail(this.noted.known, this.noted.what);
    const before = known.standing;
    const now = await this.world.standing(known.id);
    known.standing = now;
    const stays = now.version === before.version && now.status === before.status;
    const isQueued = before.status === 'received' && now.status === 'queued';
    if (after === 'reverify' ? now.round !== before.round + 1 : now.round !== before.round)
      this.fail(known, 'is in another round');
    if (after === 'correct' && now.requestVersion !== before.requestVersion + 1) this.fail(known, 'is uncorrected');
    if (now.version < before.version) this.fail(known, 'went back in version');
    if (!stays && !isQueued && !allowed.includes(now.status))
      this.fail(
        known,
        `went from ${before.status} to ${now.status}, and not to any of ${allowed.join(', ') || 'none'}`,
      );
  }

  private async checkAll(): Promise<void> {
    for (const known of this.all) await this.check(known, []);
  }

  /** All moves on record follow one another and are in the table. */
  private async checkTrail(known: Known): Promise<void> {
    let at = 'received';
    for (const { from, to } of await this.world.moves(known.id)) {
      // a job was made: that is no line of the trail
      if (at === 'received' && from === 'queued') at = 'queued';
      if (from !== at) this.fail(known, `was moved from ${from} while it was ${at}`);
      if (!legal.has(`${from} ${to}`)) this.fail(known, `went illegally from ${from} to ${to}`);
      at = to;
    }
    if (at !== known.standing.status) this.fail(known, `is ${known.standing.status}, and ${at} by its trail`);
  }

  private pick(which: number): Known | undefined {
    return this.all[which % Math.max(1, this.all.length)];
  }

  private takeJob(which: number): DueVerification | undefined {
    const jobs = [...this.world.queue.values()];
    return jobs[which % Math.max(1, jobs.length)];
  }

  private of(job: DueVerification): Known {
    const known = this.all.find(({ id }) => id === job.verificationId);
    if (!known) throw new Error(`A job for ${job.verificationId}, which nobody asked for`);
    return known;
  }

  private body(what: 'complete' | 'without_consent' | 'by_phone'): Record<string, unknown> {
    const memberId = `NWH001${String(this.number).padStart(5, '0')}${String(this.all.length).padStart(3, '0')}`;
    const coverages = [{ payer: { id: what === 'by_phone' ? 'pay_phone' : this.payerId }, memberId }];
    const body = requestFor(memberId, { coverages }, this.world.clock.now());
    if (what === 'without_consent') delete body.consent;
    return body;
  }

  private coverage(known: Known): object {
    const memberId = `NWH001${String(this.number).padStart(5, '0')}${String(this.all.indexOf(known)).padStart(3, '0')}`;
    return { payer: { id: known.payer === 'by_phone' ? 'pay_phone' : this.payerId }, memberId };
  }

  /** What goes wrong inside a run, which would take it for a bug of an adapter: told at the next check. */
  private note(known: Known, what: string): void {
    this.noted ??= { known, what };
  }

  private fail(known: Known, what: string): never {
    throw new Error(`${known.id} ${what}\n${this.played.join('\n')}`);
  }
}

function jobId({ verificationId, round }: DueVerification): string {
  return `${verificationId}-${round}`;
}
