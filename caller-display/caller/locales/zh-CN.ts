export const zhCN = {
  page: { title: '窗口叫号' },
} as const;
