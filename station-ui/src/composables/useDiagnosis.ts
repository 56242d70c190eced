// 诊断信息: what this node says of itself, as a text for who helps from afar.
//
// Invariants  I1  every word is named here: nothing of a resident, nobody who is signed in, no secret, whatever
//                 else an answer may hold.
import { call, type Answer, type Status } from '@/api';
import { t, tOf } from '@/i18n';
import { useNode } from '@/stores/node';
import { factLine } from './factLine';

const momentOf = (ms: number | null): string => (ms === null ? '-' : new Date(ms).toISOString());

const ofNode = (status: Status): string[] => [
  factLine('node', { name: status.name, division: status.division, role: status.role, id: status.node, database: status.database }),
  factLine('program', { version: status.version, policy: status.policy_version, can_save: status.can_save, disk_free: status.disk_free_bytes, clock_suspect: status.clock_suspect }),
  factLine('line', { connected: status.connected, last_contact: momentOf(status.last_contact_ms), chip: status.chip.state }),
];
const ofSending = ({ counts, to_city, oldest_pending_ms, log }: Answer<'sync_state'>): string[] => [
  factLine('sending', { saved: counts?.saved, carried: counts?.carried, received: counts?.received, pending: counts?.pending, to_city, oldest: momentOf(oldest_pending_ms) }),
  ...log.map((row) => factLine('exchange', { at: momentOf(row.at_ms), peer: row.peer, event: row.event, changes: row.changes })),
];
const ofHealth = ({ checks, verified_at_ms }: Answer<'health'>): string[] => [
  factLine('verified', { at: momentOf(verified_at_ms) }),
  ...checks.map((check) => factLine('check', { id: check.id, verdict: check.verdict, value: check.value }) + ` ${tOf('check', check.id)}`),
];

// What cannot be read is said, and the rest is told all the same.
async function told<T>(name: string, read: Promise<T>, lines: (answer: T) => string[]): Promise<string[]> {
  try {
    return lines(await read);
  } catch {
    return [factLine(name, { read: 'failed' })];
  }
}

export function useDiagnosis(): () => Promise<string> {
  const node = useNode();
  return async () => {
    const parts = await Promise.all([
      told('sending', call('sync_state', { background: true }), ofSending), told('health', call('health', { background: true }), ofHealth),
    ]);
    return [
      factLine(t('diagnosis.head'), { at: momentOf(node.nowMs), heard: momentOf(node.heardAtMs) }),
      ...(node.status ? ofNode(node.status) : [factLine('node', { read: 'failed' })]), ...parts.flat(),
      factLine('browser', { agent: navigator.userAgent, language: navigator.language, width: window.innerWidth, height: window.innerHeight }),
    ].join('\n');
  };
}
