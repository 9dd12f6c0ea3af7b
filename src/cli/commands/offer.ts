import { listShown } from '../list.js';
import { describe, nextPage, noun, paged, pageOf, reading, type Options, type Program } from '../noun.js';
import type { Shown } from '../render/rendering.js';
import type { Session } from '../session.js';

export function registerOffer(program: Program): void {
  const offer = noun(
    program,
    'offer',
    'offers',
    {
      summary: 'Open offers: to whom, and until when',
      examples: ['mosaic offer list', 'mosaic offer list -w'],
    },
    'Look:',
  );
  reading(program, paged(offer), (session, _args, options) => listed(session, options));
  const list = describe(offer.command('list').alias('ls'), {
    summary: 'Open offers',
    examples: ['mosaic offer list -o wide'],
  });
  reading(program, paged(list), (session, _args, options) => listed(session, options));
}

async function listed(session: Session, options: Options): Promise<Shown> {
  const { offerColumns } = await import('../render/lists.js');
  const { offers, total, nextPageToken } = await session.query({ kind: 'offers', page: pageOf(options) });
  return listShown('offers', offers, offerColumns, (row) => row.offerId, 'no open offers', {
    data: { total, nextPageToken },
    notes: nextPage('mosaic offer list', offers.length, total, nextPageToken),
  });
}
