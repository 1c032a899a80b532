import { chooseIop, type IopBenefit } from '@openvob/coverage';
import type { CoverageAnswer } from '@openvob/verification';
import type { Block } from '../content';
import { privacyOf } from '../dossier';
import { benefitCells } from './benefit-rows';
import type { Summarising } from './summary';

/** What each payer answered, in and out of network side by side, and where each figure stands. */
export function benefitBlocks(telling: Summarising): Block[] {
  const { dossier, words } = telling;
  const { summary: own } = words;
  const answered = (dossier.ground?.outcomes ?? []).flatMap((outcome) =>
    outcome.kind === 'answered' && outcome.answer.snapshot.outcome === 'benefits' && !outcome.answer.isByPhone
      ? [outcome.answer]
      : [],
  );
  const decision = dossier.view.conclusion?.decision;
  const tables = answered.map((answer) => networkTable(answer, telling));
  if (tables.length === 0 && !decision) return [];
  return [
    { kind: 'heading', text: own.benefitsTitle },
    ...tables,
    // Answered by phone alone: what was said is in the decision.
    ...(tables.length === 0 && decision ? [decisionTable(decision, telling)] : []),
  ];
}

function networkTable({ snapshot, payerName, administrator }: CoverageAnswer, telling: Summarising): Block {
  const { dossier, words, sources } = telling;
  const { summary: own } = words;
  const payer = administrator ? `${payerName} (${administrator.name})` : payerName;
  const { track } = privacyOf(dossier);
  const on = dossier.view.startDate;
  const side = (network: 'in' | 'out'): ReturnType<typeof benefitCells> => {
    const request = { track, network, setting: 'in_person' as const, ...(on ? { on } : {}) };
    return benefitCells(chooseIop(snapshot, request).iop, own);
  };
  const [within, without] = [side('in'), side('out')];
  const labels = [...new Set([...within.keys(), ...without.keys()])];
  return {
    kind: 'table',
    caption: own.benefitsCaption(payer),
    columns: [{ title: own.benefit }, { title: own.inNetwork }, { title: own.outOfNetwork }, { title: own.sources }],
    rows: labels.map((label) => {
      const [a, b] = [within.get(label), without.get(label)];
      const stated = [...(a?.sources ?? []), ...(b?.sources ?? [])];
      return [label, a?.text ?? own.yesNo.unknown, b?.text ?? own.yesNo.unknown, sources.refer(stated, payerName)];
    }),
  };
}

function decisionTable(decision: IopBenefit, { words: { summary: own }, sources, dossier }: Summarising): Block {
  const payer = dossier.view.payer?.name;
  return {
    kind: 'table',
    caption: own.benefitsCaption(payer ?? ''),
    columns: [{ title: own.benefit }, { title: own.answered }, { title: own.sources }],
    rows: [...benefitCells(decision, own)].map(([label, { text, sources: stated }]) => [
      label,
      text,
      sources.refer(stated, payer),
    ]),
  };
}
