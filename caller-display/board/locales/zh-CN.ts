export const zhCN = {
  page: { title: '运行看板' },
} as const;
