import { Annotations, CfnOutput, Stack } from 'aws-cdk-lib';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { Config } from './config.ts';

/** The zone that a certificate is to be made in. */
const zoneOfCertificate = ({ domain }: Config) => (domain?.ownCertificate ? undefined : domain?.zone);

/**
 * Whether the settings ask for something that CloudFront takes from us-east-1 only. They go on doing so when its outputs
 * are in the settings: CDK would forget a stack that is in use.
 */
export const needsEdgeStack = (config: Config): boolean => Boolean(zoneOfCertificate(config) ?? config.waf);

/**
 * What CloudFront takes from us-east-1 only, wherever the system itself is: the certificate and the firewall. It is
 * deployed first; its outputs are put into the settings.
 */
export class EdgeStack extends Stack {
  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id, { env: { region: 'us-east-1' } });
    const { domain, waf } = config;
    const zone = zoneOfCertificate(config);
    if (domain && zone) {
      const { id: hostedZoneId, name: zoneName } = zone;
      const hostedZone = HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId, zoneName });
      const validation = CertificateValidation.fromDns(hostedZone);
      const { certificateArn } = new Certificate(this, 'Certificate', { domainName: domain.name, validation });
      new CfnOutput(this, 'CertificateArn', { value: certificateArn });
      if (!domain.certificateArn)
        this.remind('CertificateArn', '"domain", as "certificateArn"', `${domain.name} leads nowhere`);
    }
    if (waf) {
      const { attrArn } = firewall(this, waf.requestsPerAddress);
      new CfnOutput(this, 'WebAclArn', { value: attrArn });
      if (!waf.webAclArn) this.remind('WebAclArn', '"waf", as "webAclArn"', 'nothing is behind the firewall');
    }
  }

  private remind(output: string, setting: string, until: string): void {
    const text = `Put the output ${output} into ${setting}, in cdk.json: until then ${until}.`;
    Annotations.of(this).addWarningV2(`chat:${output}`, text);
  }
}

/** One address's rate, then the rules that AWS keeps against what attacks every site. It sees handshakes, not frames. */
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
        // Not AWS's own 403: clients are to wait and come back, not to take it for a refusal of what they asked for.
        action: { block: { customResponse: { responseCode: 429 } } },
        visibilityConfig: visibility('Rate'),
        statement: { rateBasedStatement: { limit, aggregateKeyType: 'IP' } },
      },
      // People write each other whatever they like, 64 KB of it: in a body, what looks like an attack is a message.
      managed('CommonRuleSet', 1, [
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
