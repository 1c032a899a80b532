import { newId } from '@openvob/platform';
import { alsoSee, type Database } from '../database';
import { SavedViewRow } from '../entities';

/** Whose views and drafts they are: nobody else sees them. */
export interface Owner {
  facilityId: string;
  personId: string;
}

export interface SavedView {
  id: string;
  name: string;
  filter: Record<string, string>;
}

/** What a person can keep. */
export const mostViews = 50;

/** Choices of filters that people keep under a name. */
export class SavedViews {
  constructor(private readonly database: Database) {}

  list({ facilityId, personId }: Owner): Promise<SavedView[]> {
    return this.database.inFacility(facilityId, async ({ manager }) => {
      await alsoSee(manager, { personId });
      const rows = await manager.find(SavedViewRow, { where: { personId }, order: { name: 'ASC' } });
      return rows.map(({ id, name, filter }) => ({ id, name, filter: filter as Record<string, string> }));
    });
  }

  /** One of the same name is replaced. @returns undefined when the person has as many as can be */
  put({ facilityId, personId }: Owner, view: Omit<SavedView, 'id'>, now: Date): Promise<SavedView | undefined> {
    return this.database.inFacility(facilityId, async ({ manager }) => {
      await alsoSee(manager, { personId });
      await manager.delete(SavedViewRow, { personId, name: view.name });
      if ((await manager.countBy(SavedViewRow, { personId })) >= mostViews) return undefined;
      const row = { id: newId('viw', now), ...view };
      await manager.insert(SavedViewRow, { ...row, facilityId, personId, createdAt: now });
      return row;
    });
  }

  /** @returns false when there is none */
  remove({ facilityId, personId }: Owner, id: string): Promise<boolean> {
    return this.database.inFacility(facilityId, async ({ manager }) => {
      await alsoSee(manager, { personId });
      const { affected } = await manager.delete(SavedViewRow, { id, personId });
      return (affected ?? 0) > 0;
    });
  }
}
