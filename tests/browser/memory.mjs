#!/usr/bin/env node
// Heap and listeners of the counter over many cycles of book, call, serve, finish, by keys as a clerk presses them.
// YZ_CYCLES: how many, 30 where nothing is said; 500 is the number of the specification.
//
// What        The heap is what the page holds: objects, closures, arrays and texts of a snapshot. The machine code that V8
//             makes of what runs often is left out: for hundreds of cycles it grows by itself, up to what it can be.
import { journeys } from './support.mjs';

const CYCLES = Number(process.env.YZ_CYCLES ?? 30);
const WARM = 30; // by then the pages are loaded and their code is compiled
const GROWTH_MAX = 1.1;
const SLACK = 10;
const NODES_MAX = 1_500;
const SAME_KEY_MS = 620; // the same key within 600 ms is one wish

const OF_THE_PAGE = new Set(['object', 'closure', 'array', 'string', 'concatenated string', 'sliced string', 'number', 'regexp', 'symbol', 'bigint']);
async function heldBy(device) {
  const parts = [];
  const take = ({ chunk }) => parts.push(chunk);
  device.on('HeapProfiler.addHeapSnapshotChunk', take);
  await device.send('HeapProfiler.collectGarbage');
  await device.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  device.off('HeapProfiler.addHeapSnapshotChunk', take);
  const { snapshot: { meta }, nodes } = JSON.parse(parts.join(''));
  const [width, size] = [meta.node_fields.length, meta.node_fields.indexOf('self_size')];
  let bytes = 0;
  for (let at = 0; at < nodes.length; at += width) if (OF_THE_PAGE.has(meta.node_types[0][nodes[at]])) bytes += nodes[at + size];
  return bytes;
}

async function counted(t, device) {
  const heap = await heldBy(device);
  const { jsEventListeners } = await device.send('Memory.getDOMCounters');
  const nodes = await t.page.evaluate(() => document.querySelectorAll('*').length);
  return { heap, listeners: jsEventListeners, nodes };
}

async function cycle(t, number) {
  await t.page.keyboard.press('F2');
  await t.page.locator('.slot-picker [aria-selected=true]').waitFor();
  await t.page.locator('[name=name]').fill('张桂芳');
  await t.page.locator('[name=number]').fill(await t.city.resident(number));
  await t.page.locator('[name=phone]').fill('13812345678');
  await t.page.getByRole('combobox', { name: /事项/ }).fill('sb');
  await t.page.keyboard.press('Enter');
  await t.page.keyboard.press('Control+s');
  await t.until('it is saved', async () => (await t.page.locator('[name=number]').inputValue()) === '');
  await t.city.write('/visits', { item: 'SB-0101' });
  await t.page.keyboard.press('Alt+3');
  await t.page.locator('.queue-list li').first().waitFor();
  await t.page.keyboard.press('F8');
  await t.page.locator('.current-ask').waitFor();
  await t.page.keyboard.press('Enter');
  await t.page.getByText('办理计时').waitFor();
  await t.page.keyboard.press('F10');
  await t.page.locator('.current-visit').waitFor({ state: 'detached' });
  await t.page.waitForTimeout(SAME_KEY_MS);
}

await journeys('memory', {
  async a_day_of_work_leaves_nothing_behind_in_the_page(t) {
    await t.city.lead('/windows', { number: 1, name: '综合窗口', groups: [] });
    await t.open('/s');
    await t.signIn();
    await t.page.getByRole('button', { name: '1号窗口' }).click();
    await t.page.locator('.counter-foot').waitFor();
    const device = await t.page.context().newCDPSession(t.page);
    for (let at = 0; at < WARM; at += 1) await cycle(t, 2_000 + at);
    const before = await counted(t, device);
    for (let at = 0; at < CYCLES; at += 1) await cycle(t, 2_500 + at);
    const after = await counted(t, device);
    console.log(`# ${CYCLES} cycles: heap ${before.heap} to ${after.heap}, listeners ${before.listeners} to ${after.listeners}, ${after.nodes} elements`);
    t.is(after.heap < before.heap * GROWTH_MAX, `the heap grew from ${before.heap} to ${after.heap}`);
    t.is(after.listeners <= before.listeners + SLACK, `listeners grew from ${before.listeners} to ${after.listeners}`);
    t.is(after.nodes <= NODES_MAX, `${after.nodes} elements`);
  },
});
