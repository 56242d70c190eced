// `page call`: from F8 at the counter to the paint of the hall's display that shows the ticket; the limit is a
// durable write. `page kiosk`: from the start of a browser that has nothing yet to the paint of the display with
// what the node says; the limit is the same start to a page that holds one input.
import { enter, openSurface } from '../browser/places.mjs';
import { launch, newPage } from '../browser/support.mjs';
import { diskTime, instrument, report, throttled, timeOf } from './page_clock.mjs';

const CALLS = 20;
const STARTS = 5;
const SCREEN = { width: 1920, height: 1080 };

async function screenOf(city, browser) {
  const screen = await openSurface('display', city, browser, (context) => context.addInitScript(instrument));
  await enter(screen, 'display');
  return screen;
}

async function called(t, screen) {
  const { ticket } = (await t.city.write('/visits', { item: 'SB-0101' })).body.visit;
  await t.page.locator('.counter-foot button', { hasText: `呼叫下一位 ${ticket}` }).waitFor();
  const time = await timeOf(t.page, 'F8', ['.calling-newest', ticket], screen.page);
  await t.page.getByText('到窗了吗？').waitFor();
  await t.page.keyboard.press('Enter');
  await t.page.getByText('办理计时').waitFor();
  await t.page.keyboard.press('F10');
  await t.page.locator('.current-visit').waitFor({ state: 'detached' });
  return time;
}

export async function calls(t, browser, file) {
  const ours = [];
  const limit = [];
  const screen = await screenOf(t.city, browser);
  await throttled(screen.page);
  for (let turn = 0; turn < CALLS; turn += 1) {
    ours.push(await called(t, screen));
    limit.push(diskTime(file));
  }
  const paired = await screen.page.context().storageState();
  await screen.page.context().close();
  report('page call', ours, limit);
  return paired;
}

// From nothing to the paint after `open` has opened the page.
async function startTime(more, open) {
  const begun = performance.timeOrigin + performance.now();
  const browser = await launch();
  const page = await newPage(browser, SCREEN, more);
  await page.addInitScript(instrument);
  await throttled(page);
  await open(page);
  const end = await page.evaluate(() => window.painted(() => true));
  await browser.close();
  return end - begun;
}

export async function kiosk(origin, paired) {
  const ours = [];
  const limit = [];
  for (let turn = 0; turn < STARTS; turn += 1) {
    ours.push(await startTime({ storageState: paired }, async (page) => {
      await page.goto(`${origin}/display`);
      await page.locator('.display-body').waitFor();
    }));
    limit.push(await startTime({}, (page) => page.goto('data:text/html,<!doctype html><input>')));
  }
  report('page kiosk', ours, limit);
}
