export const zhCN = {
  page: { title: '自助取号' },
} as const;
