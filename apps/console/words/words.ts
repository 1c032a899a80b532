import { english } from './english';

/** Everything that pages say. Another language is another object of this type. */
export type Words = typeof english;

export const words: Words = english;
