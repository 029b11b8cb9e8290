import { clerkRoles, querySchemas, type ClerkRole, type QueryPayload } from '#protocol/queries.ts';

export interface ClerkForm {
  readonly login: string;
  readonly name: string;
  readonly roles: readonly ClerkRole[];
  readonly password: string;
}
export type ClerkField = keyof ClerkForm;
type NewClerk = QueryPayload<'clerk.create'>;

/** The form as the hall takes it, or the fields that it would refuse: the contract's own schema decides. */
export function readClerkForm(
  form: ClerkForm,
):
  | { readonly ok: true; readonly clerk: NewClerk }
  | { readonly ok: false; readonly wrong: ReadonlySet<ClerkField> } {
  const roles = clerkRoles.filter((role) => form.roles.includes(role));
  const parsed = querySchemas['clerk.create'].safeParse({
    ...form,
    login: form.login.trim().toLowerCase(),
    name: form.name.trim(),
    roles,
  });
  if (parsed.success) return { ok: true, clerk: parsed.data };
  return { ok: false, wrong: new Set(parsed.error.issues.map(({ path }) => path[0] as ClerkField)) };
}

export function isPassword(password: string): boolean {
  return querySchemas['clerk.setPassword'].shape.password.safeParse(password).success;
}
