// For specs: what every text has to keep to.
export const namesIn = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();
export const NEVER = ['同步', '已上传', '已提交市级', '预约成功', '网络正常', '实时', '数据不会丢失', '断网不影响办理', '停止服务', '系统异常', '已告知居民'];
