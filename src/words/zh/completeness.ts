import type { en } from '../en.js';
import type { Same } from '../same.js';

interface Progress {
  readonly read: number;
  readonly of: number | undefined;
}

const progress = (what: string, { read, of }: Progress) => {
  if (of === undefined) return `${what}已读取 ${read} 个，总数未知`;
  return read >= of ? `${what}已全部读取（${of} 个）` : `${what}已读取 ${read}/${of} 个`;
};

const severity = (name: string, { read, of }: Progress) => {
  if (of === undefined) return `${name} ${read} 个，总数未知`;
  return read >= of ? `${name} 全部 ${of} 个` : `${name} ${read}/${of} 个`;
};

export const completeness: Same<typeof en.completeness> = {
  images: (far) => progress('镜像', far),
  affected_images: (far) => progress('受影响的镜像', far),
  vulnerabilities: (all, rest) =>
    `已读取所影响镜像的漏洞：${[
      ...(all.length > 0 ? [`${all.join('、')} 全部`] : []),
      ...rest.map(([name, far]) => severity(name, far)),
    ].join('，')}`,
  requests_left: (count) => `还需向 HSS 发送 ${count} 次请求`,
  lacks: {
    images: '镜像可能不全',
    findings: '漏洞可能不全',
    order: '排序可能变化',
    numbers: '数量可能增加，排序可能变化',
    upgrades: '升级的排序尚不完整',
    hosts: '部分镜像所在的主机尚未读取',
    why_hosts: '部分主机无法扫描的原因尚不清楚',
    presence: 'not_read 的镜像尚不能判断是否受影响',
    not_observable: '尚未读取的内容列在 not_observable 中',
    severities: '更低等级的漏洞尚未列出',
    containers: '容器数量和镜像排序尚未最终确定',
    affected: '可能还有其他镜像受影响',
  },
};
