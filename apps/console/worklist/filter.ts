import type { CountsJson } from '@openvob/results';

/** What the worklist shows. Stands in the address, but for what is searched: that is about patients. */
export interface WorklistFilter {
  readonly show?: Tile;
  readonly needs?: string;
  readonly payer?: string;
  readonly program?: string;
  readonly assignee?: string;
}

export const tiles = ['all', 'overdue', '30_minutes', '2_hours', 'today', 'later', 'under_way', 'done'] as const;
export type Tile = (typeof tiles)[number];

/** Reads the address; what it does not know is left out. */
export function readFilter(search: Readonly<Record<string, unknown>>): WorklistFilter {
  const text = (name: string): string | undefined => {
    const value = search[name];
    return typeof value === 'string' && value !== '' && value.length <= 120 ? value : undefined;
  };
  const show = tiles.find((tile) => tile === search.show);
  const [needs, payer, program, assignee] = [text('needs'), text('payer'), text('program'), text('assignee')];
  return {
    ...(show && show !== 'all' ? { show } : {}),
    ...(needs ? { needs } : {}),
    ...(payer ? { payer } : {}),
    ...(program ? { program } : {}),
    ...(assignee ? { assignee } : {}),
  };
}

const done = 'verified,inactive,cancelled';
const underWay = 'received,queued,asking_payer,waiting_for_payer';

/** The body of the search for it. @param me id of the person, for `assignee: me` */
export function searchBody(filter: WorklistFilter, q: string, me: string): Record<string, string> {
  const { show, assignee, ...plain } = filter;
  const search = q.trim();
  return {
    ...plain,
    ...(assignee ? { assignee: assignee === 'me' ? me : assignee } : {}),
    ...(search ? { q: search, sort: 'newest' } : bodyOf(show)),
    limit: '200',
  };
}

function bodyOf(show: Tile | undefined): Record<string, string> {
  if (show === 'done') return { status: done, sort: 'newest' };
  if (show === 'under_way') return { status: underWay, sort: 'due' };
  return { open: 'true', sort: 'due', ...(show ? { due: show } : {}) };
}

/** How many a tile stands for; what is done is not counted. */
export function countOf(tile: Tile, counts: CountsJson): number | undefined {
  const { overdue, within30Minutes, within2Hours, today, later, underWay: asked } = counts;
  const byTile: Readonly<Record<Tile, number | undefined>> = {
    all: overdue + within30Minutes + within2Hours + today + later,
    overdue,
    '30_minutes': within30Minutes,
    '2_hours': within2Hours,
    today,
    later,
    under_way: asked,
    done: undefined,
  };
  return byTile[tile];
}
