export const zhCN = {
  page: { title: '窗口显示屏' },
} as const;
