/** What programs write where a value is missing: no id is spelled like this. */
export const NO_VALUE = /^(?:null|none|undefined|nil|nan|n\/a)$/i;

/** Ids of projects and enterprise projects, `0` and `all_granted_eps` among them; one that fits can stand in any text. */
export const PROJECT_ID = /^[\w-]{1,256}$/;

/** What the id of a region looks like, e.g. `cn-north-4`. New regions appear more often than new versions of a program. */
export const REGION_ID = /^[a-z]{2}-[a-z]+(-[a-z]+)?-\d{1,3}$/;
