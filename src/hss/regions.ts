import { cloudDomain } from '../cloud/endpoints.js';

/** How the console calls a region. A language without an entry has no name that a source gives. */
interface RegionName {
  readonly zh?: string;
  readonly en?: string;
}

/**
 * Regions of HSS that are known to exist, with the names of the console. Others that look like a region id are reached
 * by the same pattern.
 */
const REGIONS: Readonly<Record<string, RegionName>> = {
  'cn-north-1': { zh: '华北-北京一', en: 'CN North-Beijing1' },
  'cn-north-2': { zh: '华北-北京二' },
  'cn-north-4': { zh: '华北-北京四', en: 'CN North-Beijing4' },
  'cn-north-9': { zh: '华北-乌兰察布一', en: 'CN North-Ulanqab1' },
  // Sources give it different names.
  'cn-north-11': {},
  'cn-north-12': { zh: '华北三', en: 'CN North3' },
  'cn-east-2': { zh: '华东-上海二', en: 'CN East-Shanghai2' },
  'cn-east-3': { zh: '华东-上海一', en: 'CN East-Shanghai1' },
  'cn-east-4': { zh: '华东二', en: 'CN East2' },
  'cn-east-5': { zh: '华东-青岛', en: 'CN East-Qingdao' },
  'cn-south-1': { zh: '华南-广州', en: 'CN South-Guangzhou' },
  'cn-south-2': { zh: '华南-深圳', en: 'CN South-Shenzhen' },
  'cn-south-4': { zh: '华南-广州-友好用户环境', en: 'CN South-Guangzhou-InvitationOnly' },
  'cn-southwest-2': { zh: '西南-贵阳一', en: 'CN Southwest-Guiyang1' },
  'cn-southwest-3': { zh: '西南-贵阳-汽车二' },
  'ap-southeast-1': { zh: '中国-香港', en: 'CN-Hong Kong' },
  'ap-southeast-2': { zh: '亚太-曼谷', en: 'AP-Bangkok' },
  'ap-southeast-3': { zh: '亚太-新加坡', en: 'AP-Singapore' },
  'ap-southeast-4': { zh: '亚太-雅加达', en: 'AP-Jakarta' },
  'ap-southeast-5': { zh: '亚太-马尼拉', en: 'AP-Manila' },
  'na-mexico-1': { zh: '拉美-墨西哥城一', en: 'LA-Mexico City1' },
  'la-north-2': { zh: '拉美-墨西哥城二', en: 'LA-Mexico City2' },
  'la-south-2': { zh: '拉美-圣地亚哥', en: 'LA-Santiago' },
  'sa-brazil-1': { zh: '拉美-圣保罗一', en: 'LA-Sao Paulo1' },
  'af-south-1': { zh: '非洲-约翰内斯堡', en: 'AF-Johannesburg' },
  'af-north-1': { zh: '非洲-开罗', en: 'AF-Cairo' },
  'tr-west-1': { zh: '土耳其-伊斯坦布尔', en: 'TR-Istanbul' },
  'ae-ad-1': { zh: '中东-阿布扎比-OP5' },
  'me-east-1': { zh: '中东-利雅得', en: 'ME-Riyadh' },
  'my-kualalumpur-1': { zh: '亚太-吉隆坡-OP6' },
  'ru-moscow-1': { zh: '俄罗斯-莫斯科-OP4' },
  'eu-west-101': { zh: '欧洲-都柏林', en: 'EU-Dublin' },
};

/** Ids of the regions of HSS that are known to exist. */
export const HSS_REGIONS: readonly string[] = Object.keys(REGIONS);

/**
 * The id of the region that a name of the console means, in any language, case and spacing, also without the part of
 * the world before it (`北京四`, `Beijing4`); undefined for what names none, or more than one.
 */
export function regionNamed(name: string): string | undefined {
  const wanted = plain(name);
  const among = (form: (known: string) => string) =>
    Object.entries(REGIONS).filter(([, names]) =>
      Object.values(names).some((known: string) => plain(form(known)) === wanted),
    );
  const [first, ...others] = among((known) => known);
  if (first) return others.length === 0 ? first[0] : undefined;
  const [place, ...more] = among((known) => known.slice(known.indexOf('-') + 1));
  return place && more.length === 0 ? place[0] : undefined;
}

/** The regions that have a name in one language: those whose names begin as `like` does, else all. */
export function namedRegions(
  language: 'en' | 'zh',
  like: string,
): readonly { readonly name: string; readonly id: string }[] {
  const named = Object.entries(REGIONS).flatMap(([id, names]) => {
    const name = names[language];
    return name === undefined ? [] : [{ name, id }];
  });
  const alike = named.filter(({ name }) => plain(name).slice(0, 2) === plain(like).slice(0, 2));
  return alike.length > 0 ? alike : named;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '');
}

/** Origin of HSS in `region`. */
export function hssEndpoint(region: string): string {
  return `https://hss.${region}.${cloudDomain(region)}`;
}
