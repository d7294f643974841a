import type { CallPath, CallSample, PictureSample } from '../../ipc/call-details.ts';
import { t } from '../../ui/i18n/messages.ts';
import { figures } from './figures.ts';

/** One line of the details: a name and a value. */
export interface DetailRow {
  label: string;
  value: string;
}

const pathText = ({ local, remote, protocol, relayProtocol }: CallPath): string => {
  const relayed = local === 'relay' || remote === 'relay';
  const kinds = `${local ?? '–'} → ${remote ?? '–'}`;
  const protocols = [protocol, relayProtocol].filter((each) => each !== null).join(', ');
  return `${t(relayed ? 'detailsPathRelay' : 'detailsPathDirect')} (${kinds}, ${protocols})`;
};

const codecName = (codec: string | null): string => codec?.replace(/^(?:audio|video)\//, '') ?? '–';

const pictureText = (picture: PictureSample | null): string =>
  picture
    ? `${codecName(picture.codec)} ${String(picture.width)}×${String(picture.height)}, ${String(Math.round(picture.framesPerSecond))} fps`
    : t('detailsNone');

const bothWays = (received: string, sent: string): string =>
  received === sent ? received : `${received} ${t('detailsReceived')}, ${sent} ${t('detailsSent')}`;

/** The last sample in words and figures; counts cover all samples. */
export const detailRows = (samples: readonly CallSample[]): DetailRow[] => {
  const sample = samples.at(-1);
  if (!sample) return [];
  const freezes = samples.reduce((sum, each) => sum + each.freezes, 0);
  const row = (label: string, value: string): DetailRow => ({ label, value });
  return [
    row(t('detailsPath'), sample.path ? pathText(sample.path) : '–'),
    row(t('detailsAvailable'), figures.bits(sample.available)),
    row(t('detailsJitter'), figures.milliseconds(sample.jitter)),
    row(t('detailsConcealed'), figures.share(sample.concealed)),
    row(t('detailsSound'), bothWays(codecName(sample.soundIn), codecName(sample.soundOut))),
    row(`${t('detailsPicture')} (${t('detailsReceived')})`, pictureText(sample.pictureIn)),
    row(`${t('detailsPicture')} (${t('detailsSent')})`, pictureText(sample.pictureOut)),
    row(t('detailsFreezes'), t('detailsTimes', String(freezes))),
  ];
};
