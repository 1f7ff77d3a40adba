/** How a report in JSON calls itself, so that a later one knows it again. */
export const JSON_FORMAT = 'huaweicloud-hss-mcp report';
export const JSON_VERSION = 1;
