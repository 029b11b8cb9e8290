export const zhCN = {
  page: { title: '接待台' },
} as const;
