#!/usr/bin/env node
// What a lead and a city administrator see of their place: 本站管理, 本机健康, 数据上报, 总览.
import { readFile } from 'node:fs/promises';
import { journeys } from './support.mjs';

const part = (t, name) => t.page.locator('.station-part').filter({ has: t.page.getByRole('heading', { name }) });

await journeys('station', {
  async a_clerk_has_no_way_into_the_station(t) {
    await t.open('/s/sync');
    await t.signIn();
    await t.sees('数据上报');
    t.is(!await t.page.getByRole('link', { name: '本站管理' }).isVisible(), 'the entry is for a lead');
  },

  async a_lead_adds_a_window_and_a_wrong_number_is_told(t) {
    await t.open('/s/station');
    await t.signIn('李站', t.city.at.passphrase);
    const windows = part(t, '窗口');
    await windows.locator('[name=window-number]').fill('0');
    await windows.locator('[name=window-name]').fill('社保');
    await windows.getByRole('button', { name: '新增窗口' }).click();
    await windows.getByRole('alert').waitFor();
    await t.look('station-refused');
    await windows.locator('[name=window-number]').fill('7');
    await windows.getByRole('button', { name: '新增窗口' }).click();
    const row = windows.locator('li').filter({ hasText: '社保' });
    await row.getByText('7').waitFor();
    await t.look('station');
    await row.getByRole('button').click();
    await row.getByText('暂停服务').waitFor();
  },

  async a_lead_adds_a_clerk_and_gets_the_code_once(t) {
    await t.open('/s/station');
    await t.signIn('李站', t.city.at.passphrase);
    const staff = part(t, '人员');
    await staff.locator('[name=staff-login]').fill('chenyu');
    await staff.locator('[name=staff-name]').fill('陈雨');
    await staff.getByRole('button', { name: '新增人员' }).click();
    await staff.getByRole('status').getByText('chenyu').waitFor();
    const row = staff.locator('li').filter({ hasText: '陈雨' });
    await row.getByRole('button', { name: '停用' }).click();
    await t.look('station-staff');
    await row.getByRole('button', { name: '确认停用' }).click();
    await row.getByText('已停用').waitFor();
  },

  async the_health_of_the_node_is_read_and_verified(t) {
    await t.open('/s/health');
    await t.signIn('李站', t.city.at.passphrase);
    await t.page.getByRole('button', { name: '立即核对全部记录' }).click();
    await t.page.getByText(/上次核对/).waitFor({ timeout: 60_000 });
    await t.page.locator('summary').click();
    await t.look('health');
  },

  async what_is_amiss_with_the_machine_is_told_with_what_to_do_and_taken_away_as_one_file(t) {
    const folderIs = (found) => async () => (await t.city.get('/health')).checks.some((check) => check.id === 'ID-01' && check.found === found);
    await t.city.tell({ do: 'expose', node: 'yinying', open: true });
    await t.until('the open folder is seen', folderIs('folder'));
    await t.open('/s/health');
    await t.signIn('李站', t.city.at.passphrase);
    const told = t.page.locator('.health-open li').filter({ hasText: 'ID-01' });
    await told.getByText('的权限是 0755，别的用户也能看').waitFor();
    await told.getByText('请运行: chmod 700 /').waitFor();
    await t.look('health-amiss');
    const saving = t.page.waitForEvent('download');
    await t.page.getByRole('button', { name: '导出诊断包' }).click();
    const saved = await saving;
    t.is(/^yizhan-[0-9a-f]{8}-\d{8}-\d{4}\.zip$/.test(saved.suggestedFilename()), saved.suggestedFilename());
    const bytes = await readFile(await saved.path());
    t.is(bytes.subarray(0, 2).toString() === 'PK', 'it is no zip');
    t.is(bytes.includes('的权限是 0755，别的用户也能看'), 'it lacks the words of the page');
    for (const name of ['李站', 'lizhan', '王敏', 'wangmin', '140399']) t.is(!bytes.includes(name), `it names ${name}`);
    await t.sees(saved.suggestedFilename());
    await t.page.keyboard.press('F1');
    await t.page.getByRole('button', { name: 'English' }).click();
    await t.page.keyboard.press('Escape');
    await told.getByText('has mode 0755: others can look into it').waitFor();
    await t.look('health-amiss-english');
    await t.city.tell({ do: 'expose', node: 'yinying', open: false });
    await t.until('it is shut again', folderIs('kept'));
  },

  async what_has_not_left_is_counted_while_the_line_is_cut(t) {
    await t.open('/s/sync');
    await t.signIn();
    await t.city.cut();
    await t.city.book(71);
    await t.page.getByTestId('chip').getByText('离线工作中').waitFor({ timeout: 90_000 });
    await t.look('send-line-cut');
    await t.city.mend();
    await t.page.getByTestId('chip').getByText('已连通').waitFor({ timeout: 90_000 });
    await t.look('send');
  },

  async the_chip_leads_to_what_is_still_to_be_sent_without_a_mouse_too(t) {
    await t.open('/s/health');
    await t.page.locator('.name-tiles').waitFor();
    t.is(await t.page.getByTestId('chip').getByRole('link').count() === 0, 'nobody is here yet: it leads nowhere');
    await t.signIn();
    await t.page.getByRole('heading', { name: '本机健康' }).waitFor();
    await t.until('the chip is reached', async () => {
      await t.page.keyboard.press('Tab');
      return t.page.evaluate(() => document.activeElement?.closest('[data-testid=chip]') !== null);
    });
    await t.look('chip-focused');
    await t.page.keyboard.press('Enter');
    await t.page.getByRole('heading', { name: '数据上报' }).waitFor();
    await t.page.getByRole('link', { name: '本机健康' }).click();
    await t.page.getByRole('heading', { name: '本机健康' }).waitFor();
    await t.page.getByTestId('chip').click();
    await t.page.getByRole('heading', { name: '数据上报' }).waitFor();
  },

  async what_the_node_says_of_itself_is_copied_for_who_helps_and_names_nobody(t) {
    await t.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const { node, version } = await t.city.get('/status');
    const tellsNobody = (text) => {
      for (const part of [node, version, 'saved=', 'id=ST-02 verdict=']) t.is(text.includes(part), `it lacks ${part}: ${text}`);
      for (const name of ['李站', 'lizhan', '王敏', 'wangmin', '140399']) t.is(!text.includes(name), `it names ${name}`);
      t.is(!/(?<!\d)1\d{10}(?!\d)/.test(text), 'a phone number stands in it');
    };
    for (const path of ['/s/sync', '/s/health']) {
      await t.open(path);
      if (path === '/s/sync') await t.signIn('李站', t.city.at.passphrase);
      await t.page.getByRole('button', { name: '复制诊断信息' }).click();
      await t.sees('诊断信息已复制，不含个人信息');
      await t.look(`copied${path.replaceAll('/', '-')}`);
      tellsNobody(await t.page.evaluate(() => navigator.clipboard.readText()));
    }
    // Over the network of the station a browser gives a page no clipboard.
    await t.page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
    await t.page.getByRole('button', { name: '复制诊断信息' }).click();
    const box = t.page.getByRole('dialog').getByRole('textbox');
    await box.waitFor();
    tellsNobody(await box.evaluate((field) => field.value.slice(field.selectionStart, field.selectionEnd)));
    await t.look('copy-by-hand');
    await t.page.keyboard.press('Escape');
    await box.waitFor({ state: 'hidden' });
  },

  async the_city_sees_how_many_stations_have_reported(t) {
    t.origin = t.city.at.hub;
    await t.open('/h/');
    await t.signIn('施管', t.city.at.passphrase);
    await t.page.getByRole('heading', { name: '总览' }).waitFor();
    await t.page.locator('.overview-page tbody tr').nth(1).waitFor();
    await t.look('hub-overview');
    const { number } = await t.city.book(73, t.city.at.day);
    await t.key('Alt+4');
    await t.page.getByLabel('日期').fill(t.city.at.day);
    await t.page.getByLabel('日期').press('Enter');
    await t.page.locator('.record-table tbody tr').filter({ hasText: number }).getByText('荫营镇', { exact: true }).waitFor({ timeout: 60_000 });
    await t.look('hub-records');
  },

  async the_city_opens_a_station_and_while_its_line_is_cut_sees_since_when(t) {
    await t.city.book(72);
    t.origin = t.city.at.hub;
    await t.open('/h/');
    await t.signIn('施管', t.city.at.passphrase);
    await t.page.getByRole('link', { name: '河底镇' }).waitFor();
    await t.page.getByRole('link', { name: '荫营镇' }).click();
    await t.page.getByRole('heading', { name: '荫营镇' }).waitFor();
    await t.sees('约定联系间隔');
    await t.sees('阳泉市 · 郊区 · 荫营镇');
    await t.look('station-detail');
    for (const [tab, text] of [['上报', '已收到的变更'], ['设备', '软件版本、磁盘空间和大厅外设不随数据上报'], ['日志', /线路接通|没有直接往来/]]) {
      await t.page.getByRole('group', { name: '站点详情' }).getByRole('button', { name: tab }).click();
      await t.sees(text);
    }
    await t.city.cut();
    await t.page.locator('.station-detail header').getByText(/今日已联系|按约定离线/).waitFor({ timeout: 120_000 });
    await t.page.locator('.station-facts').getByText(/\d\d:\d\d/).waitFor();
    await t.look('station-detail-line-cut');
    await t.city.mend();
    await t.key('Escape');
    await t.page.getByRole('heading', { name: '总览' }).waitFor();
  },

  async off_hours_are_shown_for_what_they_are(t) {
    await t.open('/s/sync');
    await t.signIn();
    await t.key('Alt+5');
    await t.page.getByRole('heading', { name: '无休服务' }).waitFor();
    await t.page.locator('.off-strip button').nth(13).waitFor();
    await t.page.locator('.off-columns tbody tr').first().waitFor();
    await t.look('off-hours');
    const rest = t.page.locator('.off-strip button.is-weekend').first();
    await rest.click();
    await t.until('its periods', async () => /周末|节假日|这一天不办公/.test(await t.page.locator('.off-columns').innerText()));
    await t.look('off-hours-weekend');
  },

  async a_clerk_registers_a_complaint_and_sees_no_level_of_any_evaluation(t) {
    await t.open('/s/feedback');
    await t.signIn();
    await t.sees(/今日 已评 \d+ 未评 \d+/);
    t.is(!/满意/.test(await t.page.locator('main').innerText()), 'no level is shown to a clerk');
    await t.page.getByRole('button', { name: '保存并打印回执' }).click();
    await t.sees('请写下事情经过。');
    await t.look('complaint-refused');
    await t.page.locator('[name=day]').fill('2026-01-05');
    await t.page.locator('[name=time]').fill('09:10');
    await t.page.locator('[name=text]').fill('等了一个上午，没有人说明原因。');
    await t.page.locator('[name=wish]').fill('请说明原因');
    await t.page.getByLabel(/匿名/).check();
    await t.page.getByRole('button', { name: '保存并打印回执' }).click();
    await t.page.locator('.complaint-receipt').getByText(/投诉 \S+ 已登记/).waitFor();
    await t.look('complaint-saved');
  },

  async the_lead_sees_evaluations_by_level_and_the_complaints(t) {
    await t.open('/s/feedback');
    await t.signIn('李站', t.city.at.passphrase);
    await t.sees('非常满意');
    await t.sees('未评价不算好评。评价人的身份不显示。');
    await t.look('feedback-ratings');
    await t.page.getByRole('group', { name: '评价与投诉' }).getByRole('button', { name: '投诉', exact: true }).click();
    await t.page.locator('.complaint-list tbody tr').first().waitFor();
    await t.look('feedback-complaints');
  },
});
