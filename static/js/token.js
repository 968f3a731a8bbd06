// The token of forms as it is now: a sign-in in another tab changes it for all.

export const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
