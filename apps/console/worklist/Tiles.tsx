import type { CountsJson } from '@openvob/results';
import { memo, type ReactNode } from 'react';
import { countOf, type Tile, tiles } from './filter';
import { text } from './words';

interface TilesProps {
  readonly chosen: Tile;
  readonly counts: CountsJson | undefined;
  readonly onChoose: (tile: Tile) => void;
}

/** By when: each opens its list. Work to zero. */
export const Tiles = memo(({ chosen, counts, onChoose }: TilesProps): ReactNode => {
  return (
    <fieldset className="tiles">
      <legend className="sr-only">By when it is needed</legend>
      {tiles.map((tile) => {
        const count = counts ? countOf(tile, counts) : undefined;
        return (
          <button
            key={tile}
            type="button"
            className="tile"
            data-tile={tile}
            data-some={count ? true : undefined}
            aria-pressed={tile === chosen}
            onClick={() => onChoose(tile)}
          >
            <span className="tile-count figures">{tile === 'done' ? '✓' : (count ?? '·')}</span>
            <span className="tile-name">{text.tiles[tile]}</span>
          </button>
        );
      })}
    </fieldset>
  );
});
