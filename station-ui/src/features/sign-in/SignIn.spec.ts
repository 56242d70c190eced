import { describe, expect, it } from 'vitest';
import { Refusal, open, saysOfItself, serve, settled, written } from '@/spec/node';
import { useSession } from '@/stores/session';
import SignIn from './SignIn.vue';

const names = { names: [{ staff: 'wangmin', display_name: '王敏', role: 'clerk' }, { staff: 'lizhan', display_name: '李站', role: 'lead' }] };
const who = { csrf: 'c', staff: 'wangmin', display_name: '王敏', role: 'clerk', locked: false, expires_in_s: 1 };

describe('the sign-in', () => {
  it('is a name and a PIN: nothing of a login is typed', async () => {
    saysOfItself();
    const asked = serve({ 'GET /sign-in/names': names, 'POST /sign-in': who });
    const { page } = await open(SignIn);
    expect(page.findAll('.name-tile').map((tile) => tile.text())).toEqual(['王敏窗口人员', '李站站长']);
    await page.find('.name-tile').trigger('click');
    await page.find('[name=secret]').setValue('271828');
    await page.find('form').trigger('submit');
    await settled();
    expect(written(asked)[0]?.body).toEqual({ staff: 'wangmin', secret: '271828' });
    expect(useSession().open).toBe(true);
  });

  it('tells a wrong PIN beside its field, empties it, and waits as long as the node says', async () => {
    saysOfItself();
    serve({ 'GET /sign-in/names': names, 'POST /sign-in': new Refusal(429, 'Throttled', 'secret', '登录名或口令不对，请重新输入。', '请稍候再试', 4) });
    const { page } = await open(SignIn);
    await page.find('.name-tile').trigger('click');
    await page.find('[name=secret]').setValue('111222');
    await page.find('form').trigger('submit');
    await settled();
    expect(page.find('.yz-field-error').text()).toContain('口令不正确，请等 4 秒再试。（AUT-01）');
    expect((page.find('[name=secret]').element as HTMLInputElement).value).toBe('');
    expect(page.text()).toContain('请等 4 秒再试');
  });

  it('without a wait asks for the PIN again, with the code of the catalogue', async () => {
    saysOfItself();
    serve({ 'GET /sign-in/names': names, 'POST /sign-in': new Refusal(401, 'Denied', 'secret', '登录名或口令不对，请重新输入。') });
    const { page } = await open(SignIn);
    await page.find('.name-tile').trigger('click');
    await page.find('[name=secret]').setValue('111222');
    await page.find('form').trigger('submit');
    await settled();
    expect(page.find('.yz-field-error').text()).toContain('登录名或口令不对，请重新输入。（AUT-01）');
  });

  it('tells who was disabled meanwhile, though their name was picked, and what is known of it while the line is cut', async () => {
    saysOfItself({ connected: false, last_contact_ms: Date.UTC(2026, 2, 2, 10, 20) });
    serve({ 'GET /sign-in/names': names, 'POST /sign-in': new Refusal(403, 'Denied', 'staff', '账号已停用，请联系站长。') });
    const { page } = await open(SignIn);
    await page.find('.name-tile').trigger('click');
    await page.find('[name=secret]').setValue('271828');
    await page.find('form').trigger('submit');
    await settled();
    expect(page.find('.yz-field-error').text()).toContain('账号已停用，请联系站长。（AUT-02）本机离线期间的停用以最近收到的名单为准（3月2日）。');
  });

  it('where no names are shown, asks for the login at once', async () => {
    saysOfItself();
    serve({ 'GET /sign-in/names': new Refusal(404, 'NotFound') });
    const { page } = await open(SignIn);
    expect(page.find('[name=staff]').exists()).toBe(true);
  });

  it('as a lock keeps the person and says that nothing is lost', async () => {
    saysOfItself();
    serve({});
    useSession().who = { ...who, role: 'clerk', locked: true } as never;
    const { page } = await open(SignIn);
    expect(page.text()).toContain('已锁定，内容未丢失。输入口令继续。');
    expect(page.find('.sign-in-who').text()).toBe('王敏');
    expect(page.find('.name-tile').exists()).toBe(false);
  });
});
