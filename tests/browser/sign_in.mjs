#!/usr/bin/env node
// Signing in, the lock, and what every page must do whoever is there.
import { journeys } from './support.mjs';

await journeys('sign_in', {
  async a_wrong_pin_is_told_and_the_next_one_works(t) {
    await t.open();
    await t.page.locator('form.sign-in').waitFor();
    await t.page.getByRole('button', { name: '王敏' }).waitFor();
    await t.look('sign-in');
    await t.page.getByRole('button', { name: '王敏' }).click();
    await t.page.locator('[name=secret]').fill('111222');
    await t.page.keyboard.press('Enter');
    await t.sees('登录名或口令不对，请重新输入。');
    await t.hasFocus('secret'); // the field at fault
    await t.look('sign-in-refused');
    await t.page.locator('[name=secret]').fill(t.city.at.pin);
    await t.page.keyboard.press('Enter');
    await t.sees('王敏');
    await t.sees('荫营镇便民服务中心');
  },

  async the_wait_after_wrong_pins_counts_down(t) {
    await t.open();
    await t.page.getByRole('button', { name: '赵磊' }).click();
    for (let tries = 0; tries < 4; tries += 1) {
      await t.page.locator('[name=secret]').fill('999888');
      await t.page.getByRole('button', { name: '登录', exact: true }).click();
      await t.until('it is refused', async () => (await t.page.locator('[name=secret]').inputValue()) === '');
      await t.page.locator('.yz-field-error').waitFor();
    }
    await t.page.locator('[name=secret]').fill('999888');
    await t.page.keyboard.press('Enter');
    await t.sees(/请等 \d+ 秒再试/);
    await t.look('sign-in-wait');
    await t.page.getByRole('button', { name: '登录', exact: true }).waitFor();
  },

  async the_lock_keeps_the_page_and_opens_again(t) {
    await t.open('/s/sync');
    await t.signIn();
    await t.sees('数据上报');
    await t.key('Alt+l');
    await t.sees('已锁定，内容未丢失。输入口令继续。');
    await t.look('locked');
    await t.page.locator('[name=secret]').fill(t.city.at.pin);
    await t.page.keyboard.press('Enter');
    await t.page.getByRole('heading', { name: '数据上报' }).waitFor();
  },

  async a_locked_screen_stays_locked_when_it_is_loaded_again(t) {
    await t.open('/s/sync');
    await t.signIn();
    await t.sees('数据上报');
    await t.key('Alt+l');
    await t.sees('已锁定，内容未丢失。输入口令继续。');
    await t.page.reload(); // at once
    await t.sees('已锁定，内容未丢失。输入口令继续。');
    await t.page.locator('[name=secret]').fill(t.city.at.pin);
    await t.page.keyboard.press('Enter');
    await t.page.getByRole('heading', { name: '数据上报' }).waitFor();
  },

  async behind_the_lock_no_key_works_and_no_record_is_seen(t) {
    const booked = await t.city.book(61, t.city.at.day);
    await t.open(`/s/records/${booked.id}`);
    await t.signIn();
    const drawer = t.page.locator('.yz-drawer');
    await drawer.getByText(booked.number).waitFor();
    await t.key('Alt+l');
    await drawer.waitFor({ state: 'hidden' });
    const secret = t.page.locator('[name=secret]');
    await t.until('the secret has the focus', () => secret.evaluate((box) => box === document.activeElement));
    const before = t.page.url();
    for (const key of ['F2', 'Alt+4', 'Alt+v']) await t.key(key);
    await t.page.waitForTimeout(300);
    t.is(t.page.url() === before, 'the page behind the lock stays where it was');
    await t.look('locked-record');
    await secret.fill(t.city.at.pin);
    await t.page.keyboard.press('Enter');
    await drawer.getByText(booked.number).waitFor();
  },

  async nobody_there_for_five_minutes_locks_it_and_the_pin_restores_everything(t) {
    await t.page.clock.install();
    await t.open('/s/book');
    await t.signIn();
    const name = t.page.locator('[name=name]');
    const kept = t.page.getByText('已锁定，内容未丢失。输入口令继续。');
    await name.fill('赵铁柱');
    await t.page.clock.fastForward(280_000);
    await t.page.keyboard.press('Tab'); // somebody is there
    await t.page.clock.fastForward(280_000);
    await t.page.waitForTimeout(300);
    t.is(await kept.count() === 0, 'a touch puts it off');
    await t.page.clock.fastForward(30_000);
    await kept.waitFor();
    t.is(!await name.isVisible(), 'nothing of the page is seen');
    await t.look('locked-idle');
    t.is((await t.page.request.get(`${t.origin}/api/v1/items`)).status() === 403, 'the node holds the lock');
    await t.page.keyboard.press('F4');
    t.is(t.page.url().endsWith('/book'), 'no key works behind it');
    await t.page.reload();
    await kept.waitFor();
    await t.page.locator('[name=secret]').fill(t.city.at.pin);
    await t.page.keyboard.press('Enter');
    await name.waitFor();
    await t.until('what was typed is there', async () => (await name.inputValue()) === '赵铁柱');
    t.is((await t.page.request.get(`${t.origin}/api/v1/items`)).status() === 200, 'unlocked');
    await name.fill('');
  },

  async the_sheet_lists_the_keys(t) {
    await t.open('/s/sync');
    await t.signIn();
    await t.key('F1');
    await t.page.getByTestId('key-sheet').waitFor();
    await t.look('key-sheet');
    await t.page.getByRole('button', { name: '高对比' }).click();
    await t.look('key-sheet-contrast');
    await t.page.getByRole('button', { name: 'English' }).click();
    await t.sees('Shortcuts');
    await t.look('key-sheet-en');
  },

  async the_chip_tells_the_line(t) {
    await t.open('/s/sync');
    await t.signIn();
    await t.page.getByTestId('chip').getByText('已连通').waitFor();
    await t.city.cut();
    await t.page.getByTestId('chip').getByText('离线工作中').waitFor({ timeout: 90_000 });
    await t.look('line-cut');
    await t.city.mend();
    await t.page.getByTestId('chip').getByText('已连通').waitFor({ timeout: 90_000 });
  },

  async a_killed_node_is_told_and_the_page_resumes(t) {
    await t.open('/s/sync');
    await t.signIn();
    await t.city.kill();
    await t.page.getByRole('alert').getByText('与本站主机断开，请勿继续登记。已填内容保留在此页面。').waitFor({ timeout: 30_000 });
    await t.look('node-gone');
    await t.city.start();
    await t.page.getByText('与本站主机断开').waitFor({ state: 'detached', timeout: 30_000 });
  },
});
