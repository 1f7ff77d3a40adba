/** Kinds of vulnerabilities. */
export const VUL_TYPES = ['linux_vul', 'app_vul'] as const;
export const HANDLE_STATUSES = ['unhandled', 'handled'] as const;
export const SEVERITIES = ['Critical', 'High', 'Medium', 'Low'] as const;
export const VUL_STATUSES = ['vul_status_unfix', 'vul_status_ignored'] as const;
/** Where images lie; the embedded HSS has local ones only, so the others give empty lists. */
export const IMAGE_TYPES = ['local', 'registry', 'cicd', 'cluster'] as const;
