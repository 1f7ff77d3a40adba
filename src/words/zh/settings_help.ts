import type { en } from '../en.js';
import type { Same } from '../same.js';

export const settings_help: Same<typeof en.settings_help> = {
  accessKey: '访问密钥ID（AK）。',
  secretKey: '秘密访问密钥（SK），须与 AK 属于同一组变量。',
  securityToken: '临时 AK 和 SK 附带的 SecurityToken，须与它们属于同一组变量。',
  authToken: '该区域现成的 IAM Token，通过 X-Auth-Token 发送，代替签名。',
  iamUser: 'IAM 用户名，用于获取 Token。',
  iamPassword: 'IAM 用户的密码。',
  iamDomain: 'IAM 用户所属的账号名。',
  credentialsFile: 'SDK 的凭据文件，读取 [basic] 段中的 ak、sk、security_token、project_id 和 iam_endpoint。',
  credentials: '设为 ecs 时，使用本程序所在 ECS 的委托凭据。',
  region: '要扫描镜像的区域，例如 cn-north-4。没有默认值，以免扫描错误的区域。',
  projectId: '该区域的项目 ID。',
  enterpriseProjectId: '调用未指定企业项目时使用的企业项目；all_granted_eps 表示所有有权限的企业项目。',
  hssEndpoint: 'HSS 的地址，用于本程序未收录的云。须为 https，仅本机回环地址可用 http。',
  iamEndpoint: 'IAM 的地址。须为 https，仅本机回环地址可用 http。',
  readOnly: '设为 true 时不提供 batch_scan_local_image，并拒绝对它的调用。无法识别的值按 true 处理。',
  scanAll:
    '未明确列出镜像的扫描，以及超过 500 个镜像的扫描：ask 询问用户（客户端不支持询问时，须在调用中确认），allow 直接允许，deny 拒绝。无法识别的值按 deny 处理。',
  scanFilters:
    '按条件扫描的方式：resolve 先查出匹配的镜像，再只提交这些镜像；send 将条件直接交给 HSS，而 HSS 的文档未说明如何处理这些条件。无法识别的值按 resolve 处理。',
  reportDir: '报告的保存目录：已存在且归本人所有的目录，填写绝对路径。',
  language: '面向用户的文字所用的语言：en 或 zh。',
  timeZone: '面向用户显示的时间以及不带时差的日期所用的时区，填写时区名称，例如 Asia/Shanghai。',
  timeoutMs: '单次请求的超时时间，单位为毫秒（1000～40000）。',
  maxRetries: '请求失败后，在安全的前提下重试的次数（0～5）。',
  logLevel: '输出到 stderr 的日志级别：error、warn、info 或 debug。',
  httpsProxy: '访问 HSS 和 IAM 的代理，例如 http://proxy.example.com:3128。本机回环地址不经过代理。',
  noProxy: '不经过代理的主机，以逗号分隔：主机名（含其子域名）、地址、网段（例如 10.0.0.0/8），或表示全部的 *。',
};
