import { Annotations, CfnOutput, Stack } from 'aws-cdk-lib';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { Config } from './config.ts';
import { HealthCheck } from './constructs/health-check.ts';
import { acknowledgeAlarmEmail } from './nag-exceptions.ts';

/** The zone in which this stack creates a certificate; undefined if the operator brings one. */
const zoneOfCertificate = ({ domain }: Config) => (domain?.ownCertificate ? undefined : domain?.zone);

/**
 * Whether the settings need the stack in us-east-1. They still do once its outputs are in the settings; otherwise CDK
 * would drop a stack that is in use.
 */
export const needsEdgeStack = (config: Config): boolean =>
  Boolean(zoneOfCertificate(config) ?? config.waf ?? config.healthCheck);

/**
 * What exists in us-east-1 only: the certificate and the firewall that CloudFront accepts, and the metrics of a health
 * check. Deploy it first, then put its outputs into the settings.
 */
export class EdgeStack extends Stack {
  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id, { env: { region: 'us-east-1' } });
    const { domain, waf, healthCheck } = config;
    const zone = zoneOfCertificate(config);
    if (domain && zone) {
      const { id: hostedZoneId, name: zoneName } = zone;
      const hostedZone = HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId, zoneName });
      const validation = CertificateValidation.fromDns(hostedZone);
      const { certificateArn } = new Certificate(this, 'Certificate', { domainName: domain.name, validation });
      new CfnOutput(this, 'CertificateArn', { value: certificateArn });
      if (!domain.certificateArn)
        this.remind('CertificateArn', '"domain", as "certificateArn"', `${domain.name} does not work`);
    }
    if (waf) {
      const { attrArn } = firewall(this, waf.requestsPerAddress);
      new CfnOutput(this, 'WebAclArn', { value: attrArn });
      if (!waf.webAclArn) this.remind('WebAclArn', '"waf", as "webAclArn"', 'the firewall protects nothing');
    }
    const host = healthCheck && (healthCheck.host ?? domain?.name);
    if (host) {
      const { topicArn } = new HealthCheck(this, 'HealthCheck', { host, ...config });
      new CfnOutput(this, 'HealthTopicArn', { value: topicArn });
      acknowledgeAlarmEmail(this);
    }
  }

  private remind(output: string, setting: string, until: string): void {
    const text = `Put the output ${output} into ${setting}, in cdk.json. Until then ${until}.`;
    Annotations.of(this).addWarningV2(`chat:${output}`, text);
  }
}

/** A rate limit per address, then AWS's managed rules. AWS WAF sees requests and handshakes, but no frames. */
function firewall(scope: Construct, limit: number): CfnWebACL {
  const visibility = (metricName: string) => ({
    cloudWatchMetricsEnabled: true,
    sampledRequestsEnabled: false,
    metricName,
  });
  const managed = (name: string, priority: number, counted: string[] = []) => ({
    name,
    priority,
    overrideAction: { none: {} },
    visibilityConfig: visibility(name),
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name: `AWSManagedRules${name}`,
        ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
      },
    },
  });
  return new CfnWebACL(scope, 'Firewall', {
    scope: 'CLOUDFRONT',
    defaultAction: { allow: {} },
    visibilityConfig: visibility('Firewall'),
    rules: [
      {
        name: 'Rate',
        priority: 0,
        // AWS's default is 403, which clients would take for a refusal of the request. 429 makes them wait and retry.
        action: { block: { customResponse: { responseCode: 429 } } },
        visibilityConfig: visibility('Rate'),
        statement: { rateBasedStatement: { limit, aggregateKeyType: 'IP' } },
      },
      // These rules only count. Users may write anything, up to 64 KB, so a body that looks like an attack is a message. And
      // not every WebSocket client sends a User-Agent.
      managed('CommonRuleSet', 1, [
        'NoUserAgent_HEADER',
        'SizeRestrictions_BODY',
        'CrossSiteScripting_BODY',
        'EC2MetaDataSSRF_BODY',
        'GenericRFI_BODY',
        'GenericLFI_BODY',
      ]),
      managed('KnownBadInputsRuleSet', 2, ['JavaDeserializationRCE_BODY', 'Log4JRCE_BODY', 'ReactJSRCE_BODY']),
    ],
  });
}
