/** What `--help` prints. */
export const help = {
  text: (version: string) => `huaweicloud-hss-mcp ${version}: MCP server for Huawei Cloud HSS local image scanning

Usage: huaweicloud-hss-mcp [--sandbox [--images N] [--limits KIND]]
       huaweicloud-hss-mcp doctor [--json]
       huaweicloud-hss-mcp report [--format F] [--output FILE] [filters] [--fail-on SEVERITY]

Serves MCP on stdin and stdout. Settings come from environment variables; the README lists them.
doctor checks settings, credentials, clock, endpoint, TLS, proxy, project and permission.
report reads images and findings and writes one report; a pipeline tells by its exit status what was found.

  --sandbox   use an embedded HSS with invented images; no account, no network
  --images    let the embedded HSS have N invented images, at most 100000
  --limits    let the embedded HSS limit requests: documented, gateway or none
  --json      let doctor print JSON

  report:
  --format F                  markdown (default), html, csv, sarif, cyclonedx, json, or hss: the ZIP that HSS makes
                              itself, which leaves a task there and takes only --image-name and --has-container
  --output FILE               where to write it; - is stdout. Default: a new file in HSS_REPORT_DIR
  --severity-level S          findings of at least Critical, High, Medium or Low (default)
  --image-name TEXT           only images whose name contains this
  --host-name TEXT            only images on hosts whose name contains this
  --has-container true|false  only images with or without containers
  --region ID                 region instead of the setting
  --enterprise-project-id ID  enterprise project instead of the setting; all_granted_eps for all
  --title TEXT                title of the report
  --baseline NAME             an earlier JSON report in HSS_REPORT_DIR: tells what is new and gone since
  --lang en|zh                language of markdown and html instead of HSS_LANG
  --fail-on Critical|High     exit with 3 when there is an open finding of at least this severity
  --scan                      first scan the images that the filters match, and wait for the end of their scans;
                              asks on a terminal, and elsewhere wants the next flag
  --confirm-image-count N     with --scan: scan exactly so many images without being asked; another number is refused
  Exit status: 0 written; 1 failed; 2 bad usage; 3 see --fail-on; 4 written, but not everything could be read

  --version   print the version
  --help      print this text
`,
};
