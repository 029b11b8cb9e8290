export const zhCN = {
  page: { title: '接口说明' },
} as const;
