#!/usr/bin/env node
// The chip on the page, the API and the databases agree through fifty random acts while lines are cut and mended;
// a count that cannot be read is "?", never 0. Journeys 40 and 44.
import { journeys } from './support.mjs';

const ACTS = 50;
const WORDS = {
  received: () => /^● ?已连通 · 市级已全部接收$/,
  sending: ({ pending }) => new RegExp(`^◐ ?已连通 · 正在上报，剩 ${pending} 条$`),
  district_only: ({ to_city: toCity }) => new RegExp(`^◐ ?县区已接收，待市级 ${toCity} 条$`),
  offline: ({ pending }) => new RegExp(`^○ ?离线工作中 · ${pending > 0 ? `${pending} 条待上报` : '没有待上报'}( · 上次联系 .+)?$`),
};

// The same acts in every run.
function* draws(seed) {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}
const chipOf = async (t) => (await t.page.getByTestId('chip').innerText()).replace(/\s+/g, ' ').trim();

// What the API says is what the databases hold, in one moment.
async function inTheDatabases(t) {
  const { chip, counts, held } = await t.city.held();
  t.is(counts.saved === held.here, `saved ${counts.saved}, held ${held.here}`);
  t.is(chip.pending === counts.pending && counts.pending === counts.saved - counts.carried, JSON.stringify([chip, counts]));
  t.is(chip.to_city === counts.saved - counts.received, JSON.stringify([chip, counts]));
  t.is(counts.carried <= held.district && counts.received <= held.city, `claimed ${JSON.stringify(counts)}, held ${JSON.stringify(held)}`);
  return chip;
}
// What stands on the page is what the API says; what it calls received is read before the databases are.
async function onThePage(t) {
  let [said, wanted] = ['', null];
  await t.until('the page says what the node says', async () => {
    said = await chipOf(t);
    const chip = await inTheDatabases(t);
    wanted = WORDS[chip.state]?.(chip);
    return wanted?.test(said) === true;
  }).catch((failure) => { throw new Error(`${failure.message}: ${said}, not ${wanted}`); });
  return said;
}

await journeys('chip', {
  async the_page_the_api_and_the_databases_agree_through_fifty_acts(t) {
    await t.open('/s/sync');
    await t.signIn();
    const chance = draws(40);
    const pick = (list) => list[Math.floor(chance.next().value * list.length)];
    const records = [(await t.city.book(1)).id];
    const seen = new Set();
    for (let number = 2; number < ACTS + 2; number += 1) {
      const act = pick(['book', 'book', 'edit', 'cancel', 'cut', 'mend', 'cut above', 'mend above']);
      if (act === 'book') records.push((await t.city.book(number)).id);
      else if (act === 'edit') await t.city.tell({ do: 'edit', node: 'yinying', id: pick(records), fields: { phone: `139${String(number).padStart(8, '0')}` } });
      else if (act === 'cancel') await t.city.write(`/appointments/${pick(records)}/cancel`, { reason: 'client_request' });
      else await t.city[act.split(' ')[0]](act.endsWith('above') ? 'jiaoqu' : 'yinying');
      seen.add((await onThePage(t)).replace(/\d+|上次联系.*/g, ''));
    }
    t.is(seen.size >= 2, `only ever seen: ${[...seen]}`);
    for (const node of ['yinying', 'jiaoqu']) await t.city.mend(node);
    await t.page.getByTestId('chip').getByText('已连通 · 市级已全部接收').waitFor({ timeout: 90_000 });
    await onThePage(t);
    await t.look('chip-received');
  },

  async a_count_that_cannot_be_read_is_not_zero(t) {
    const lame = (status) => ({ ...status, counts: null, chip: { ...status.chip, state: 'unknown', pending: null, to_city: null } });
    await t.page.route('**/api/v1/events', (route) => route.fulfill({ contentType: 'text/event-stream', body: '' }));
    await t.page.route('**/api/v1/status', async (route) => route.fulfill({ json: lame(await (await route.fetch()).json()) }));
    await t.page.route('**/api/v1/sync', async (route) => {
      const sync = await (await route.fetch()).json();
      const lost = { ...sync, counts: null, to_city: null, by_kind: [], oldest_pending_ms: null, chip: { ...sync.chip, state: 'unknown', pending: null, to_city: null } };
      await route.fulfill({ json: lost });
    });
    await t.open('/s/sync');
    await t.signIn();
    await t.page.getByTestId('chip').getByText('待上报数量读取失败，登记不受影响').waitFor();
    t.is((await chipOf(t)).startsWith('?'), `shown as ${await chipOf(t)}`);
    t.is(!/(^|\s)0(\s|$)|没有待上报/.test(await t.page.locator('main').innerText()), `no 0 stands for what is not known: ${await t.page.locator('main').innerText()}`);
    await t.look('chip-unknown');
  },
});
