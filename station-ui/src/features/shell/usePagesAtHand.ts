// The pages behind the first are fetched once somebody is here, while nobody waits for them: what is typed right
// after F2 or F4 is meant for the page that opens, and on a slow machine would meet the one before it.
import { watch, type Component } from 'vue';
import type { Router } from 'vue-router';
import { useSession } from '@/stores/session';

type Fetch = () => Promise<{ default: Component }>;
const isFetch = (page: unknown): page is Fetch => typeof page === 'function';

// One after the other, until the node is silent: then each is fetched when it is opened. A page that is at hand
// takes the place of its fetching, so that it opens before the next key is heard.
async function fetchAll(router: Router): Promise<void> {
  for (const { components } of router.getRoutes()) {
    const page: unknown = components?.['default'];
    if (components && isFetch(page)) components['default'] = (await page()).default;
  }
}

export function usePagesAtHand(router: Router): void {
  const session = useSession();
  const whenIdle = globalThis.requestIdleCallback ?? setTimeout;
  watch(() => session.open, (open) => { if (open) whenIdle(() => void fetchAll(router).catch(() => {})); }, { once: true, immediate: session.open });
}
