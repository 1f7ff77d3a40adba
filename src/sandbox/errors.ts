/** An error answer of the embedded service: an HTTP status and a JSON body in the shape of the part that raised it. */
export abstract class ApiError extends Error {
  /** Headers of the answer beside those that every answer has. */
  readonly headers: Readonly<Record<string, string>> = {};

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }

  /** The JSON body; only API gateway errors repeat the request id in it. */
  abstract body(requestId: string): object;
}

/** An error of the API gateway, such as `APIGW.0301`. */
export class GatewayError extends ApiError {
  constructor(
    status: number,
    readonly code: string,
    message: string,
    override readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(status, message);
  }

  override body(requestId: string): object {
    return { error_msg: this.message, error_code: this.code, request_id: requestId };
  }
}

/** The gateway's `APIGW.0301` (401): the caller could not be identified. */
export function authenticationError(reason: string): GatewayError {
  return new GatewayError(401, 'APIGW.0301', `Incorrect IAM authentication information: ${reason}`);
}

/** An error of HSS itself: HTTP 400, but where permission is missing some of its gateways say 403. */
export class HssError extends ApiError {
  constructor(
    readonly fields: { error_code: string; error_msg?: string; error_description?: string },
    status: 400 | 403 = 400,
  ) {
    super(status, fields.error_code);
  }

  override body(): object {
    return this.fields;
  }
}

/** `HSS.0001`: a parameter is missing, of the wrong type, or out of range. */
export function invalidParameter(description: string): HssError {
  return new HssError({ error_code: 'HSS.0001', error_msg: '参数无效', error_description: description });
}

/** `HSS.0002`: the request could not be read as JSON. */
export function unreadableRequest(): HssError {
  return new HssError({ error_code: 'HSS.0002', error_msg: 'Failed to parse the request.' });
}

/** `00000010`: access denied, the one HSS error that has a description and no message. */
export function accessDenied(status: 400 | 403 = 400): HssError {
  return new HssError({ error_code: '00000010', error_description: '拒绝访问' }, status);
}

/** `HSS.0013`: the caller may not do this. */
export function permissionMissing(): HssError {
  return new HssError({ error_code: 'HSS.0013', error_msg: '权限不足' }, 403);
}

/** `HSS.0011`: there is no such thing. */
export function notFound(): HssError {
  return new HssError({ error_code: 'HSS.0011', error_msg: '资源不存在' });
}

/** The gateway's `APIGW.0101` (404): no such path, or no such method there. */
export function noSuchApi(): GatewayError {
  return new GatewayError(404, 'APIGW.0101', 'The API does not exist or has not been published.');
}

/** An error of IAM in the Keystone shape. */
export class IamError extends ApiError {
  constructor(
    status: number,
    readonly title: string,
    message: string,
  ) {
    super(status, message);
  }

  override body(): object {
    return { error: { code: this.status, message: this.message, title: this.title } };
  }
}
