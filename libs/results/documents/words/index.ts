import type { DocumentLanguage } from '../content';
import { en } from './en';
import { es } from './es';
import type { Words } from './words';

export * from './words';

const languages: Readonly<Record<DocumentLanguage, Words>> = { en, es };

/** Everything that documents say, in one language. All words that are shown to people in Spanish stand in this folder. */
export function wordsIn(language: DocumentLanguage): Words {
  return languages[language];
}
