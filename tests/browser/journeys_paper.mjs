#!/usr/bin/env node
// What comes out of the printer when a clerk presses F9, looked at as dots. Journey 59 of the specification.
import { readFileSync } from 'node:fs';
import { journeys } from './support.mjs';
import { sheetOf } from './sheet.mjs';

const NAME = '张桂芳';
const PHONE = '13812345678';
const CONTENT_MM = 72;
const ROUNDING_MM = 0.25; // two dots

// A printer is found by a node when it starts.
async function withPrinter(t) {
  await t.city.printer(true);
  await t.city.tell({ do: 'stop', node: 'yinying' });
  await t.city.start();
  await t.city.tell({ do: 'sign_in' });
}
// What the node answers about the slip that `press` asks for.
async function slipOf(t, press) {
  const [answer] = await Promise.all([t.page.waitForResponse((each) => each.url().endsWith('/api/v1/slips')), press()]);
  return answer.json();
}
async function bookAndPrint(t, person, paper = '80mm') {
  await t.open('/s/sync');
  await t.signIn();
  await t.page.keyboard.press('F2');
  await t.page.locator('.slot-picker [aria-selected=true]').waitFor();
  const document = await t.city.resident(person);
  await t.page.locator('[name=name]').fill(NAME);
  await t.page.locator('[name=number]').fill(document);
  await t.page.locator('[name=phone]').fill(PHONE);
  await t.page.getByRole('combobox', { name: /事项/ }).fill('sb');
  await t.page.keyboard.press('Enter');
  await t.page.getByRole('radio', { name: paper }).check();
  const said = t.said(/预约号/); // gone, perhaps, before the slip is printed
  const slip = await slipOf(t, () => t.page.keyboard.press('F9'));
  const number = /预约号 (\S+)/.exec(await said)[1];
  return { slip, number, document };
}
async function lastSheet(t) {
  const { file, asked } = await t.city.sent();
  return { ...sheetOf(readFileSync(file)), asked };
}
const isNarrow = ({ ink }) => ink.left >= 4 - ROUNDING_MM && ink.right - ink.left <= CONTENT_MM + ROUNDING_MM;
const near = (one, other) => Math.abs(one - other) < ROUNDING_MM;

function tellsNothingOfThePerson(t, sheet, { document, name = NAME, phone = PHONE }) {
  for (const secret of [name, phone, document, document.slice(-6)]) {
    t.is(!sheet.text.includes(secret), `the paper says ${secret}`);
    t.is(!sheet.codes.some((code) => code.includes(secret)), `the code holds ${secret}`);
  }
}

await journeys('journeys_paper', {
  async f9_prints_a_roll_of_72_mm_whose_code_is_the_number_and_nothing_more(t) {
    await withPrinter(t);
    const { slip, number, document } = await bookAndPrint(t, 61);
    t.is(slip.printed && slip.copy === 1, `printed: ${JSON.stringify(slip)}`);
    const sheet = await lastSheet(t);
    t.is(/media=Custom\.80x\d+mm/.test(sheet.asked), `asked for ${sheet.asked}`);
    t.is(sheet.pages === 1 && near(sheet.widthMm, 80), `${sheet.pages} pages, ${sheet.widthMm} mm wide`);
    t.is(isNarrow(sheet), `ink from ${sheet.ink.left} to ${sheet.ink.right} mm`);
    t.is(sheet.codes.length === 1 && sheet.codes[0] === `YZ1:${number}`, `its codes are ${sheet.codes}`);
    t.is(/已确认/.test(sheet.text) && /已存本机/.test(sheet.text) && !/补打/.test(sheet.text), sheet.text);
    tellsNothingOfThePerson(t, sheet, { document });
    t.is((await t.page.locator('.yz-print-bar').count()) === 0, 'nothing is said to be missing');
    await t.look('paper-printed');
    await t.scan(sheet.codes[0]); // what the paper says, read back by the clerk's scanner
    await t.page.getByRole('dialog').getByText(number).first().waitFor();
  },

  async printed_again_the_roll_says_which_copy_it_is(t) {
    await withPrinter(t);
    const { number } = await bookAndPrint(t, 62);
    const row = await t.city.find(number);
    await t.page.evaluate((path) => document.querySelector('#app').__vue_app__.config.globalProperties.$router.push(path), `/records/${row.id}`);
    const slip = await slipOf(t, () => t.page.getByRole('dialog').getByRole('button', { name: '补打' }).click());
    t.is(slip.printed && slip.copy === 2, JSON.stringify(slip));
    const sheet = await lastSheet(t);
    t.is(/补打 第2次/.test(sheet.text) && sheet.codes.join() === `YZ1:${number}`, sheet.text);
  },

  async on_a5_it_is_one_page_with_both_copies_and_the_same_code(t) {
    await withPrinter(t);
    const { slip, number, document } = await bookAndPrint(t, 63, 'A5');
    t.is(slip.printed && slip.pages === 1, JSON.stringify(slip));
    const sheet = await lastSheet(t);
    t.is(sheet.asked.includes('media=A5'), `asked for ${sheet.asked}`);
    t.is(sheet.pages === 1 && near(sheet.widthMm, 210) && near(sheet.heightMm, 148), `${sheet.pages} pages of ${sheet.widthMm} × ${sheet.heightMm} mm`);
    t.is(sheet.codes.length > 0 && sheet.codes.every((code) => code === `YZ1:${number}`), `its codes are ${sheet.codes}`);
    for (const part of ['居民联', '存根', '材料清单', '一次性告知', '第 1 页 共 1 页']) t.is(sheet.text.includes(part), `it lacks ${part}`);
    tellsNothingOfThePerson(t, sheet, { document });
  },

  async the_receipt_of_a_complaint_names_its_number_and_not_the_complainant(t) {
    await withPrinter(t);
    await t.open('/s/feedback');
    await t.signIn();
    await t.page.locator('[name=day]').fill('2026-01-05');
    await t.page.locator('[name=time]').fill('09:10');
    await t.page.locator('[name=text]').fill('等了一个上午，没有人说明原因。');
    await t.page.locator('[name=wish]').fill('请说明原因');
    await t.page.locator('[name=name]').fill(NAME);
    await t.page.locator('[name=phone]').fill(PHONE);
    const slip = await slipOf(t, () => t.page.getByRole('button', { name: '保存并打印回执' }).click());
    t.is(slip.printed, JSON.stringify(slip));
    const number = /投诉 (\S+) 已登记/.exec(await t.page.locator('.complaint-receipt').textContent())[1];
    const sheet = await lastSheet(t);
    t.is(sheet.pages === 1 && near(sheet.widthMm, 80) && isNarrow(sheet), `${sheet.ink.left} to ${sheet.ink.right} mm`);
    t.is(sheet.codes.join() === `YZ1:${number}`, `its codes are ${sheet.codes}`);
    t.is(sheet.text.includes('投诉回执') && !sheet.text.includes('等了一个上午'), sheet.text);
    tellsNothingOfThePerson(t, sheet, { document: '140399' });
  },
});
