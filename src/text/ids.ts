/** Ids of projects and enterprise projects, `0` and `all_granted_eps` among them; one that fits can stand in any text. */
export const PROJECT_ID = /^[\w-]{1,256}$/;
