import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import * as z from 'zod';
import { readConfig, SETTINGS } from '../../server/config.ts';

const FOLDER = new URL('../../deploy/kubernetes/', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, FOLDER), 'utf8');

const text = z.record(z.string(), z.string());
const selector = z.strictObject({ matchLabels: text });
const port = z.strictObject({ name: z.string(), containerPort: z.int() });
const probe = z.strictObject({
  httpGet: z.strictObject({ path: z.enum(['/healthz', '/readyz']), port: z.string() }),
  periodSeconds: z.int().optional(),
  timeoutSeconds: z.int().optional(),
  failureThreshold: z.int().optional(),
});

const metadata = z.strictObject({
  name: z.literal('quick-call'),
  namespace: z.literal('quick-call').optional(),
  labels: text.optional(),
  annotations: text.optional(),
});
const kindOf = <A extends string, K extends string, S extends z.ZodRawShape>(
  apiVersion: A,
  kind: K,
  shape: S,
) => z.strictObject({ apiVersion: z.literal(apiVersion), kind: z.literal(kind), metadata, ...shape });

/** As strict as what Pod Security calls "restricted", and a root that cannot be written to. */
const container = z.strictObject({
  name: z.string(),
  image: z.string(),
  ports: z.array(port),
  envFrom: z.array(
    z.union([
      z.strictObject({ configMapRef: z.strictObject({ name: z.string() }) }),
      z.strictObject({ secretRef: z.strictObject({ name: z.string() }) }),
    ]),
  ),
  startupProbe: probe,
  livenessProbe: probe,
  readinessProbe: probe,
  lifecycle: z.strictObject({ preStop: z.strictObject({ sleep: z.strictObject({ seconds: z.int() }) }) }),
  resources: z.strictObject({
    requests: z.strictObject({ cpu: z.string(), memory: z.string() }),
    limits: z.strictObject({ memory: z.string() }),
  }),
  securityContext: z.strictObject({
    allowPrivilegeEscalation: z.literal(false),
    readOnlyRootFilesystem: z.literal(true),
    capabilities: z.strictObject({ drop: z.tuple([z.literal('ALL')]) }),
  }),
  volumeMounts: z.array(z.strictObject({ name: z.string(), mountPath: z.string() })),
});

const deployment = kindOf('apps/v1', 'Deployment', {
  spec: z.strictObject({
    replicas: z.int().min(2),
    strategy: z.strictObject({
      type: z.literal('RollingUpdate'),
      rollingUpdate: z.strictObject({ maxUnavailable: z.literal(0), maxSurge: z.int().min(1) }),
    }),
    selector,
    template: z.strictObject({
      metadata: z.strictObject({ labels: text, annotations: text }),
      spec: z.strictObject({
        automountServiceAccountToken: z.literal(false),
        enableServiceLinks: z.literal(false),
        terminationGracePeriodSeconds: z.int(),
        securityContext: z.strictObject({
          runAsNonRoot: z.literal(true),
          runAsUser: z.int().positive(),
          runAsGroup: z.int().positive(),
          seccompProfile: z.strictObject({ type: z.literal('RuntimeDefault') }),
        }),
        topologySpreadConstraints: z.array(z.looseObject({ labelSelector: selector })),
        containers: z.tuple([container]),
        volumes: z.array(
          z.strictObject({
            name: z.string(),
            emptyDir: z.strictObject({ medium: z.string(), sizeLimit: z.string() }),
          }),
        ),
      }),
    }),
  }),
});
const service = kindOf('v1', 'Service', {
  spec: z.strictObject({
    selector: text,
    ports: z.tuple([
      z.strictObject({ name: z.string(), port: z.int(), targetPort: z.string(), appProtocol: z.string() }),
    ]),
  }),
});
const route = kindOf('gateway.networking.k8s.io/v1', 'HTTPRoute', {
  spec: z.strictObject({
    parentRefs: z.tuple([z.strictObject({ name: z.string(), sectionName: z.string() })]),
    hostnames: z.tuple([z.string()]),
    rules: z.tuple([
      z.strictObject({
        matches: z.array(
          z.strictObject({
            path: z.strictObject({ type: z.enum(['PathPrefix', 'Exact']), value: z.string() }),
          }),
        ),
        backendRefs: z.tuple([z.strictObject({ name: z.string(), port: z.int() })]),
        timeouts: z.strictObject({ request: z.literal('0s') }),
      }),
    ]),
  }),
});
const gateway = kindOf('gateway.networking.k8s.io/v1', 'Gateway', {
  spec: z.strictObject({
    gatewayClassName: z.string(),
    listeners: z.tuple([
      z.strictObject({
        name: z.string(),
        protocol: z.literal('HTTPS'),
        port: z.literal(443),
        hostname: z.string(),
        tls: z.strictObject({
          mode: z.literal('Terminate'),
          certificateRefs: z.tuple([z.strictObject({ kind: z.literal('Secret'), name: z.string() })]),
        }),
        allowedRoutes: z.strictObject({ namespaces: z.strictObject({ from: z.literal('Same') }) }),
      }),
    ]),
  }),
});
const configMap = kindOf('v1', 'ConfigMap', { data: text });
const secret = kindOf('v1', 'Secret', { stringData: text });
const namespace = kindOf('v1', 'Namespace', {});
const budget = kindOf('policy/v1', 'PodDisruptionBudget', {
  spec: z.strictObject({ maxUnavailable: z.int(), selector }),
});
const policy = kindOf('networking.k8s.io/v1', 'NetworkPolicy', {
  spec: z.looseObject({
    podSelector: selector,
    ingress: z.array(z.looseObject({ ports: z.array(z.strictObject({ port: z.string() })) })),
  }),
});
const manifest = z.discriminatedUnion('kind', [
  namespace,
  configMap,
  secret,
  deployment,
  service,
  budget,
  policy,
  gateway,
  route,
]);

const kustomization = z
  .object({ resources: z.array(z.string()), images: z.array(z.object({ name: z.string() })) })
  .parse(parse(read('kustomization.yaml')));
const manifestsIn = (file: string): z.infer<typeof manifest>[] =>
  parseAllDocuments(read(file)).map((document) => manifest.parse(document.toJS()));
const applied = kustomization.resources.flatMap(manifestsIn);
const find = <K extends z.infer<typeof manifest>['kind']>(
  kind: K,
): Extract<z.infer<typeof manifest>, { kind: K }> => {
  const found = applied.find(
    (each): each is Extract<z.infer<typeof manifest>, { kind: K }> => each.kind === kind,
  );
  if (!found) throw new Error(`no ${kind}`);
  return found;
};
const [example] = manifestsIn('secret.example.yaml');

describe('the Kubernetes manifests', () => {
  it('are all applied, but for the example of a secret', () => {
    const files = readdirSync(FOLDER).filter((file) => file !== 'kustomization.yaml');
    expect([...kustomization.resources, 'secret.example.yaml'].sort()).toEqual(files.sort());
    expect(applied.some(({ kind }) => kind === 'Secret')).toBe(false);
  });

  it('mean the same pods', () => {
    const { selector: own, template } = find('Deployment').spec;
    const labels = template.metadata.labels;
    expect(own.matchLabels).toEqual(labels);
    expect(find('Service').spec.selector).toEqual(labels);
    expect(find('PodDisruptionBudget').spec.selector.matchLabels).toEqual(labels);
    expect(find('NetworkPolicy').spec.podSelector.matchLabels).toEqual(labels);
  });

  it('lead from the gateway to a port that the server listens on', () => {
    const [pod] = find('Deployment').spec.template.spec.containers;
    const [servicePort] = find('Service').spec.ports;
    const { parentRefs, hostnames, rules } = find('HTTPRoute').spec;
    const [listener] = find('Gateway').spec.listeners;
    expect(parentRefs[0]).toEqual({ name: find('Gateway').metadata.name, sectionName: listener.name });
    expect(hostnames).toEqual([listener.hostname]);
    expect(rules[0].backendRefs[0]).toEqual({ name: 'quick-call', port: servicePort.port });
    const names = pod.ports.map(({ name }) => name);
    expect(names).toContain(servicePort.targetPort);
    for (const { httpGet } of [pod.startupProbe, pod.livenessProbe, pod.readinessProbe]) {
      expect(names).toContain(httpGet.port);
    }
    const open = find('NetworkPolicy').spec.ingress.flatMap(({ ports }) => ports.map((it) => it.port));
    expect(open.sort()).toEqual([...names].sort());
    expect(pod.ports.find(({ name }) => name === 'metrics')?.containerPort).toBe(
      Number(find('ConfigMap').data['METRICS_PORT']),
    );
  });

  it('give settings that there are, with values that the server takes', () => {
    const { data } = find('ConfigMap');
    if (example?.kind !== 'Secret') throw new Error('no secret');
    const all = { ...data, ...example.stringData };
    expect(Object.keys(all).filter((name) => !SETTINGS.includes(name))).toEqual([]);
    const { DATABASE_URL: _database, REDIS_URL: _redis, ...rest } = all;
    expect(readConfig(rest).allowedHosts).toEqual(
      find('Gateway').spec.listeners.map(({ hostname }) => hostname),
    );
    expect(kustomization.images.map(({ name }) => name)).toEqual(
      find('Deployment').spec.template.spec.containers.map(({ image }) => image),
    );
  });

  it('leave a pod the time to drain', () => {
    const { containers, terminationGracePeriodSeconds } = find('Deployment').spec.template.spec;
    // A stop takes four seconds at most.
    expect(terminationGracePeriodSeconds).toBeGreaterThan(containers[0].lifecycle.preStop.sleep.seconds + 4);
  });
});
