import type { en } from '../en.js';
import type { Same } from '../same.js';

export const question: Same<typeof en.question> = {
  start: (what) => `是否通过华为云企业主机安全（HSS）扫描${what}？`,
  selection: (id) => `选择集 ${id} 中的镜像`,
  all_images: '全部本地镜像',
  long_list: '列表中的镜像（数量较多）',
  matching_images: '符合筛选条件的本地镜像',
  where: (region, enterpriseProject) => `区域：${region}。企业项目：${enterpriseProject}。`,
  filters: (filters) => `筛选条件：${filters.join('，')}。`,
  images: (count) => `镜像：${count === undefined ? '数量无法统计' : `${count} 个`}。`,
  spread: (hosts, moreHosts, containers) => `主机：${moreHosts ? '至少 ' : ''}${hosts} 台。容器：${containers} 个。`,
};
