/** Languages of the server's page. */
export const PAGE_LANGUAGES = ['en', 'zh'] as const;
export type PageLanguage = (typeof PAGE_LANGUAGES)[number];

export interface PageTexts {
  lang: string;
  title: string;
  lead: string;
  install: string;
  steps: readonly string[];
  download: string;
  fingerprint: string;
  unverified: string;
  notBuilt: string;
  address: string;
  registrationInvite: string;
  inviteTitle: string;
  inviteLead: string;
  inviteCode: string;
  inviteSteps: readonly string[];
}

export const PAGE_TEXTS: Readonly<Record<PageLanguage, PageTexts>> = {
  en: {
    lang: 'en',
    title: 'Quick Call',
    lead: 'This is a Quick Call server. Quick Call is a phone in your browser’s toolbar: install the extension, sign in to this server, and call with one click.',
    install: 'Install the extension',
    steps: [
      'Download the extension and unpack the file.',
      'Open chrome://extensions in Chrome, Edge, Brave or Chromium, and turn on “Developer mode”.',
      'Choose “Load unpacked” and pick the unpacked folder.',
      'The welcome page opens. Enter this server’s address and create an account or sign in.',
    ],
    download: 'Download the extension',
    fingerprint: 'SHA-256 of the file:',
    unverified:
      'This is an unverified build: it comes from this server and nobody else has checked it. If you do not know who runs this server, take the extension from the project’s own releases instead, or compare the SHA-256.',
    notBuilt:
      'The extension is not built on this server yet. Its operator builds it with “npm run build”; then reload this page.',
    address: 'This server’s address:',
    registrationInvite: 'Your invite code, for “Create account”:',
    inviteTitle: 'You are invited',
    inviteLead: 'Somebody would like to call you with Quick Call, a phone in your browser’s toolbar.',
    inviteCode: 'Your invite code:',
    inviteSteps: [
      'Install the extension, if you do not have it yet.',
      'Sign in to this server, or create an account.',
      'Open Quick Call, choose “Add contact” and paste this page’s address or the code.',
    ],
  },
  zh: {
    lang: 'zh-CN',
    title: 'Quick Call',
    lead: '这是一台 Quick Call 服务器。Quick Call 是浏览器工具栏里的电话：安装扩展程序，登录这台服务器，一键即可通话。',
    install: '安装扩展程序',
    steps: [
      '下载扩展程序并解压文件。',
      '在 Chrome、Edge、Brave 或 Chromium 中打开 chrome://extensions，并开启“开发者模式”。',
      '点击“加载已解压的扩展程序”，选择解压得到的文件夹。',
      '欢迎页会自动打开。填写这台服务器的地址，然后创建帐号或登录。',
    ],
    download: '下载扩展程序',
    fingerprint: '文件的 SHA-256：',
    unverified:
      '这是未经验证的版本：它由这台服务器提供，没有其他人检查过。如果您不认识这台服务器的运营者，请改用项目自己发布的版本，或核对 SHA-256。',
    notBuilt: '这台服务器上尚未构建扩展程序。请运营者运行“npm run build”，然后刷新本页。',
    address: '这台服务器的地址：',
    registrationInvite: '您的邀请码（创建帐号时填写）：',
    inviteTitle: '您收到了邀请',
    inviteLead: '有人想用 Quick Call 与您通话。Quick Call 是浏览器工具栏里的电话。',
    inviteCode: '您的邀请码：',
    inviteSteps: [
      '如果还没有扩展程序，请先安装。',
      '登录这台服务器，或创建帐号。',
      '打开 Quick Call，选择“添加联系人”，粘贴本页地址或邀请码。',
    ],
  },
};
