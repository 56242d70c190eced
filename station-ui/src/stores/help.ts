// Who at this station asks the colleagues for help (求助), and who is coming: as the node tells it.
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { call, listen, type Answer, type NodeEvent } from '@/api';
import { failureOf } from '@/composables/failure';
import { useNotices } from './notices';
import { useQueue } from './queue';
import { useSession } from './session';

type Board = Answer<'help'>;
export type HelpCall = Board['calls'][number];

export const useHelp = defineStore('help', () => {
  const session = useSession();
  const queue = useQueue();
  const notices = useNotices();
  const calls = ref<HelpCall[]>([]);
  const isMine = (each: HelpCall): boolean => each.login === session.who?.staff;
  const shown = computed(() => (session.open ? calls.value : []));

  async function act(asked: Promise<Board>): Promise<void> {
    try {
      calls.value = (await asked).calls;
    } catch (error) {
      notices.fail(failureOf(error));
      await load().catch(() => {}); // perhaps it is over already
    }
  }
  async function load(): Promise<void> {
    if (session.open) calls.value = (await call('help', { background: true })).calls;
  }
  // Once more while it is open is the same call.
  const ask = (): Promise<void> => act(call('ask_help', { body: queue.number === null ? {} : { window: queue.number } }));
  const come = (login: string): Promise<void> => act(call('come_to_help', { path: { login } }));
  const end = (login: string): Promise<void> => act(call('end_help', { path: { login } }));

  function hear(event: NodeEvent): void {
    if (event.name === 'help') calls.value = (event.data as Board).calls;
    else if (event.name === 'reset' || event.name === 'open') void load().catch(() => {});
  }
  const start = (): (() => void) => listen(hear);
  return { shown, isMine, load, ask, come, end, start };
});
