import { describe, expect, it } from 'vitest';
import { open, type Page } from '@/spec/node';
import DocumentLine from './DocumentLine.vue';

const ID = '140399195001010019';
const at = async (more = {}): Promise<Page['page']> =>
  (await open(DocumentLine, { props: { field: { id: 'f' }, name: 'number', hidden: true, kind: 'resident_id', number: ID, ...more } })).page;
const shown = (page: Page['page']): string => (page.find('[name=number]').element as HTMLInputElement).value;

describe('the line of a document', () => {
  it('masks a whole number, but not while somebody types it or has asked for it', async () => {
    const page = await at();
    expect(shown(page)).toBe('1403**********0019');
    await page.find('[name=number]').trigger('focus');
    expect(shown(page)).toBe(ID);
    await page.find('[name=number]').trigger('blur');
    expect(shown(page)).toBe('1403**********0019');
    await page.setProps({ hidden: false });
    expect(shown(page)).toBe(ID);
  });

  it('shows a part of a number as it is, to be gone on with', async () => {
    expect(shown(await at({ number: ID.slice(0, 9) }))).toBe(ID.slice(0, 9));
  });

  it('gives kind and number, and tells of Enter', async () => {
    const page = await at();
    await page.find('select').setValue('passport');
    await page.find('[name=number]').setValue('E12345678');
    await page.find('[name=number]').trigger('keydown', { key: 'Enter' });
    expect(page.emitted('update:kind')).toEqual([['passport']]);
    expect(page.emitted('update:number')).toEqual([['E12345678']]);
    expect(page.emitted('enter')).toHaveLength(1);
  });
});
