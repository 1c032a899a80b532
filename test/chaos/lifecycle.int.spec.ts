import { createTestDatabase, type TestDatabase } from '../setup/database';
import { lifecycleSequences } from './lifecycle';
import { illegalMoves } from './lifecycle.moves';
import { LifecycleWorld } from './lifecycle.world';

let database: TestDatabase;
let world: LifecycleWorld;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await LifecycleWorld.open(database);
});
afterAll(async () => {
  await world?.close();
  await database?.drop();
});

test('whatever people, payers, crashes and the clock do, verifications stand where the lifecycle has them and none is lost', async () => {
  const commands = await lifecycleSequences(world, { sequences: 25, seed: 20_260_302 });
  expect(commands).toBeGreaterThan(100);
}, 120_000);

test('the database refuses every move that the lifecycle does not have, and none that it has', async () => {
  const { illegal, letThrough, legal, legalRefused } = await illegalMoves(world.owner, 4000);
  expect({ letThrough, legalRefused }).toEqual({ letThrough: 0, legalRefused: 0 });
  expect(illegal).toBeGreaterThan(2000);
  expect(legal).toBeGreaterThan(50);
});
