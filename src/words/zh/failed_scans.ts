import type { en } from '../en.js';
import type { Same } from '../same.js';

export const failed_scans: Same<typeof en.failed_scans> = {
  advice: (reason, what) => `失败原因 ${reason}：${what}。`,
  what: {
    unknown_error: '请重新扫描',
    failed_to_match_agent: '请为主机开启容器版防护，并确保 Agent 在线',
    create_container_failed: '请检查主机的容器运行时',
    get_container_info_failed: '请检查主机的容器运行时',
    docker_offline: '请启动主机上的 Docker',
    get_docker_root_failed: '请检查主机上 Docker 根目录的位置',
    image_not_exist_or_docker_api_fault: '请重新查询镜像列表，镜像可能已不存在；如仍存在，请检查主机的 Docker API',
    huge_image: 'HSS 判定该镜像过大，无法扫描；重新扫描无效',
    docker_root_in_nfs: 'Docker 根目录位于网络存储上，HSS 不支持；重新扫描无效',
    response_timed_out: '请稍后重新扫描',
  },
};
