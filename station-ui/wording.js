// What the page says. The wording is the standard's own; nothing is claimed that is not known.
export const LIFE = {
  submitted: ['已提交', 'wait'], confirmed: ['✓ 已确认', 'ok'], tentative: ['待确认', 'info'],
  counter_offered: ['已另约', 'info'], rejected: ['不予预约', 'wait'], waitlisted: ['候补', 'info'],
  rescheduled: ['✓ 已确认', 'ok'], cancelled_by_client: ['居民取消', 'wait'],
  cancelled_by_station: ['本站取消', 'warn'], checked_in: ['已签到', 'info'],
  in_service: ['办理中', 'info'], fulfilled: ['已办结', 'ok'], no_show: ['爽约', 'wait'],
  no_show_excused: ['爽约已谅解', 'wait'], expired: ['过期', 'wait'], disputed: ['有冲突', 'warn'],
};
export const RUNG = {
  saved: ['○ 已存本机', 'wait'], carried: ['● 县区已收', 'info'], received: ['● 市级已收', 'ok'],
};
export const FIELD = {
  item: '事项', date: '日期', window: '时段', name: '姓名', document: '证件', phone: '手机', channel: '渠道',
  note: '备注', number: '预约号', cancel_reason: '取消原因', created_at: '登记时间', reschedules: '改约次数',
};
export const TASK = {
  arrived_after_cancel: '先取消后到场：到场优先，请核实', cancel_against_reschedule: '取消与改约同时发生，请核实',
  competing_reschedules: '两处同时改约，请与居民核实', reschedule_against_no_show: '改约与爽约同时发生，请核实',
  disputed: '两处记录不一致，请核实',
};
export const REASON = {
  client_request: '居民要求取消', client_duplicate: '重复预约', station_closed: '本站临时停办',
  station_power_cut: '本站停电', station_calendar: '日历调整',
};

export const NODE_GONE = '与本站主机断开，请勿继续登记。已填内容保留在此页面。';
export const CANNOT_SAVE = '无法保存，请停止登记，先手写登记并告知站长。';
export const LINE_DOWN = '市级网络未连通。登记、签到照常，数据存在本机；恢复后自动上报。';

export function moment(ms) {
  const at = new Date(ms);
  const time = `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
  const today = at.toDateString() === new Date().toDateString();
  return today ? time : `${at.getMonth() + 1}月${at.getDate()}日 ${time}`;
}

// The chip: what it says and its tone. `status` is the node's own account of itself.
export function chip(status) {
  const counts = status.counts;
  if (!status.can_save) return ['✕ 无法保存，请停止登记', 'danger'];
  if (status.clock_suspect) return ['! 本机时钟可能不对，请核对日期', 'warn'];
  if (!counts) return ['? 待上报数量读取失败，登记不受影响', 'warn'];
  if (status.role === 'hub') return ['● 市级节点', 'ok'];
  if (status.connected) {
    if (counts.pending > 0) return [`◐ 已连通 · 正在上报，剩 ${counts.pending} 条`, 'info'];
    if (counts.received < counts.saved) return [`◐ 县区已接收，待市级 ${counts.saved - counts.received} 条`, 'info'];
    return ['● 已连通 · 市级已全部接收', 'ok'];
  }
  const last = status.last_contact_ms;
  const days = last === null ? 0 : Math.floor((Date.now() - last) / 86400000);
  const agreed = Math.round((status.agreed_interval_s ?? 0) / 86400);
  if (agreed > 0 && days >= agreed) return [`! 离线 ${days} 天（约定 ${agreed} 天）· 请联系县区`, 'warn'];
  const due = counts.pending > 0 ? `${counts.pending} 条待上报` : '没有待上报';
  return [`○ 离线工作中 · ${due}` + (last === null ? '' : ` · 上次联系 ${moment(last)}`), 'wait'];
}
