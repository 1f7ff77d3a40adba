import type { en } from '../en.js';
import type { Same } from '../same.js';

export const help: Same<typeof en.help> = {
  text: (version) => `huaweicloud-hss-mcp ${version}：扫描华为云 HSS 本地镜像的 MCP 服务

用法：huaweicloud-hss-mcp [--sandbox [--images N] [--limits KIND]]
      huaweicloud-hss-mcp doctor [--json]
      huaweicloud-hss-mcp report [--format F] [--output FILE] [筛选条件] [--fail-on SEVERITY]

通过标准输入和标准输出提供 MCP 服务。配置来自环境变量，详见 README。
doctor 检查配置、凭据、时钟、终端节点、TLS、代理、项目和权限。
report 读取镜像和漏洞并生成一份报告；流水线可根据退出码判断结果。

  --sandbox   使用内嵌的 HSS 和虚构的镜像，无需账号和网络
  --images    内嵌 HSS 中虚构镜像的数量，最多 100000
  --limits    内嵌 HSS 的限流方式：documented、gateway 或 none
  --json      doctor 以 JSON 格式输出

  report：
  --format F                  markdown（默认）、html、csv、sarif、cyclonedx、json，或 hss：由 HSS 自行生成的 ZIP，
                              会在 HSS 中留下一个任务，仅支持 --image-name 和 --has-container
  --output FILE               输出文件，- 表示标准输出；默认在 HSS_REPORT_DIR 中新建文件
  --severity-level S          漏洞的最低级别：Critical、High、Medium 或 Low（默认）
  --image-name TEXT           只包含名称中含有该文本的镜像
  --host-name TEXT            只包含主机名中含有该文本的主机上的镜像
  --has-container true|false  只包含有容器或没有容器的镜像
  --region ID                 使用该区域，而不是配置中的区域
  --enterprise-project-id ID  使用该企业项目，而不是配置中的企业项目；all_granted_eps 表示全部
  --title TEXT                报告的标题
  --baseline NAME             HSS_REPORT_DIR 中较早的 JSON 报告，用于对比新增和已消失的漏洞
  --lang en|zh                markdown 和 html 所用的语言，优先于 HSS_LANG
  --fail-on Critical|High     存在不低于该级别的未处理漏洞时，退出码为 3
  --scan                      先扫描符合筛选条件的镜像，等扫描结束后再生成报告；
                              在终端上会先询问，否则须给出下一个参数
  --confirm-image-count N     与 --scan 同用：无需询问，恰好扫描 N 个镜像；数量不符时不扫描
  退出码：0 报告已生成；1 失败；2 用法错误；3 见 --fail-on；4 报告已生成，但内容未能全部读取

  --version   输出版本号
  --help      输出本帮助
`,
};
