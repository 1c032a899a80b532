import type { Journey } from '../journey';
import { asking } from './asking';
import { badInput } from './bad-input';
import { calls } from './calls';
import { monkeys } from './monkey';
import { pages } from './pages';
import { documents } from './papers';
import { people } from './people';
import { results } from './results';
import { signIn } from './sign-in';
import { webhooks } from './webhooks';

/** All of them; those that take long come first, so that the last ones are short. */
export const journeys: readonly Journey[] = [
  ...monkeys,
  ...pages,
  ...signIn,
  ...calls,
  ...badInput,
  ...people,
  ...results,
  ...asking,
  ...documents,
  ...webhooks,
];
