/** Everything that a post can be granted. Closed: a role that names another is refused by `pack check`. */
export const permissions = [
  'work-list.read', 'case.read', 'case.receive', 'case.accept', 'case.correct', 'case.refuse-competence', 'case.confirm', 'case.review', 'case.survey', 'case.check-data',
  'case.record-authorisation', 'case.publish-notice', 'case.hear-objection', 'case.pause', 'case.resume', 'case.extend', 'case.approve-extension', 'case.record-basis',
  'case.decide', 'case.register', 'case.issue', 'case.deliver', 'case.close', 'case.hand-over', 'person.search', 'person.read', 'person.bind', 'account.manage', 'figures.read',
  'reads.review', 'papers.watch', 'seals.read', 'post.approve', 'audit.read', 'account.propose-change', 'account.approve-change', 'account.follow-change', 'sign-in.watch', 'node.watch', 'retention.confirm', 'retention.hold', 'rule.propose',
  'outreach.run', 'outreach.cancel', 'outreach.visit', 'care.assess',
  'event.read', 'event.report', 'event.respond', 'event.visit', 'warning.draft', 'warning.issue', 'duty.keep', 'camera.keep', 'watch.keep', 'footage.read', 'footage.decide',
  'hazard.read', 'hazard.inspect', 'hazard.manage', 'hazard.recheck', 'hazard.order', 'hazard.receive',
  'incident.report', 'incident.read', 'incident.verify', 'incident.dispatch', 'incident.handle', 'incident.check', 'incident.read-reporter', 'grid.draw', 'task.read', 'task.push', 'task.give', 'task.do', 'whistle.read', 'whistle.blow', 'whistle.answer', 'whistle.decide',
] as const // biome-ignore format: a list
export type Permission = (typeof permissions)[number]
