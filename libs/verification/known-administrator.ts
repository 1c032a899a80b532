import { directoryPayer } from './named-payer';
import type { DirectoryPayer, EstimateBasis, KnownAdministrator, PayerDirectory } from './ports';

/** Who holds a plan's behavioral health; `known`: its answer does not say who, and the directory does. */
export interface Holder {
  readonly payer: DirectoryPayer;
  readonly known?: KnownAdministrator;
}

/** Words by which an answer says that somebody else holds behavioral health, and not who. */
const namesNobody = new Set(
  (
    'a an another the third party other separate outside external vendor company carrier entity administrator administrators tpa manager ' +
    'organization unknown behavioral mental health substance abuse use disorder bh mh sud mbh benefit benefits services'
  ).split(' '),
);

/**
 * Whoever an answer names as the holder of behavioral health. Where it names nobody ("third party administrator"), the one that the directory knows for
 * this plan; a name that the directory does not know is somebody's all the same, and nobody is put in its place.
 */
export async function holderOf(
  directory: PayerDirectory,
  plan: DirectoryPayer,
  named: { name: string; id?: string },
): Promise<Holder | undefined> {
  const payer = await directoryPayer(directory, named);
  if (payer) return { payer };
  if (!isNobody(named.name)) return undefined;
  const [known, ...others] = await directory.administratorsOf(plan.id);
  return known && others.length === 0 ? { payer: known.payer, known } : undefined;
}

/** True for words that stand in the place of a name. */
export function isNobody(name: string): boolean {
  const words = name.toLowerCase().match(/[a-z]+/g) ?? [];
  return words.every((word) => namesNobody.has(word));
}

/** What is told of a holder that the answer itself does not name. */
export function assumptionOf(
  plan: string,
  { payer, source, asOf }: KnownAdministrator,
  path: string,
): EstimateBasis['assumptions'][number] {
  const text = `${plan} says that somebody else holds its behavioral health, and not who: ${payer.name} is taken to, as the directory of payers has it (${source}, ${asOf}).`;
  return { code: 'administrator_of_directory', text, path };
}
