@testable import Knowledge
import Packaging
import Testing

/// Modules that share their first part with those of other distributions: the longest known beginning decides.
@Suite struct NamespaceTests {
  @Test(
    arguments: [
      "google.auth.transport": "google-auth", "google.oauth2.service_account": "google-auth",
      "google.api_core.exceptions": "google-api-core", "google.api.annotations_pb2": "googleapis-common-protos",
      "google.rpc.status_pb2": "googleapis-common-protos", "google.protobuf.json_format": "protobuf",
      "google.cloud.storage.blob": "google-cloud-storage", "google.cloud.bigquery": "google-cloud-bigquery",
      "google.cloud.secretmanager_v1": "google-cloud-secret-manager", "google.cloud.vision_v1": "google-cloud-vision",
      "google.cloud.sql.connector": "cloud-sql-python-connector", "google.cloud.exceptions": "google-cloud-core",
      "google.cloud.devtools.cloudbuild_v1": "google-cloud-build", "google.pubsub_v1": "google-cloud-pubsub",
      "google.ads.googleads.client": "google-ads", "google.generativeai": "google-generativeai",
      "google.genai.types": "google-genai", "google.iam.v1": "grpc-google-iam-v1",
      "azure.storage.blob.aio": "azure-storage-blob", "azure.storage.fileshare": "azure-storage-file-share",
      "azure.identity": "azure-identity", "azure.mgmt.resource": "azure-mgmt-resource",
      "azure.monitor.opentelemetry": "azure-monitor-opentelemetry",
      "azure.monitor.opentelemetry.exporter": "azure-monitor-opentelemetry-exporter",
      "opentelemetry.trace": "opentelemetry-api", "opentelemetry.sdk.trace.export": "opentelemetry-sdk",
      "opentelemetry.sdk.extension.aws.trace": "opentelemetry-sdk-extension-aws",
      "opentelemetry.instrumentation.django": "opentelemetry-instrumentation-django",
      "opentelemetry.instrumentation.utils": "opentelemetry-instrumentation",
      "opentelemetry.exporter.otlp.proto.grpc.trace_exporter": "opentelemetry-exporter-otlp-proto-grpc",
      "zope.interface": "zope-interface", "zope.schema": "zope-schema",
      "backports.zoneinfo": "backports-zoneinfo", "backports.configparser": "configparser",
      "sphinxcontrib.mermaid": "sphinxcontrib-mermaid", "sphinxcontrib.autodoc_pydantic": "autodoc-pydantic",
      "llama_index.core.schema": "llama-index-core", "llama_index.llms.openai": "llama-index-llms-openai",
      "llama_index.vector_stores.qdrant": "llama-index-vector-stores-qdrant",
      "airflow.models": "apache-airflow", "airflow.sdk": "apache-airflow-task-sdk",
      "airflow.providers.amazon.aws.hooks.s3": "apache-airflow-providers-amazon",
      "airflow.providers.cncf.kubernetes.operators": "apache-airflow-providers-cncf-kubernetes",
      "jaraco.functools": "jaraco-functools", "ruamel.yaml.comments": "ruamel-yaml",
      "snowflake.connector": "snowflake-connector-python", "snowflake.snowpark": "snowflake-snowpark-python",
      "databricks.sql": "databricks-sql-connector", "databricks.sdk": "databricks-sdk", "flufl.lock": "flufl-lock",
      "repoze.lru": "repoze-lru", "paste.deploy": "pastedeploy", "paste.httpserver": "paste",
      "plone.api": "plone-api", "mpl_toolkits.mplot3d": "matplotlib", "mpl_toolkits.basemap": "basemap",
      "aws_cdk.aws_s3": "aws-cdk-lib", "dbt.adapters.postgres": "dbt-postgres", "dbt.cli.main": "dbt-core",
      "opencensus.ext.django": "opencensus-ext-django", "opencensus.trace": "opencensus",
      "livekit.rtc": "livekit", "fluent.sender": "fluent-logger", "keyrings.alt": "keyrings-alt",
    ].sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
  func longestBeginning(module: String, distribution: String) {
    #expect(ModuleTable.distributions(providing: module).first?.normalized == distribution)
  }

  @Test(arguments: [
    "google", "azure", "opentelemetry", "zope", "backports", "sphinxcontrib", "llama_index", "jaraco", "ruamel",
    "snowflake", "databricks", "flufl", "repoze", "plone", "collective", "mpl_toolkits", "airflow.providers", "zc",
  ])
  func aloneANamespaceSaysNothing(module: String) {
    #expect(ModuleTable.isNamespace(module))
    #expect(ModuleTable.distributions(providing: module).isEmpty)
    #expect(ModuleTable.distributions(providing: "\(module).no_such_part_anywhere").isEmpty)
  }

  @Test(arguments: ["settings", "yaml", "ninja", "airflow", "paste", "unknown_one", "", "google.cloud.storage"])
  func noNamespace(module: String) { #expect(!ModuleTable.isNamespace(module)) }

  @Test func entries() {
    #expect(ModuleTable.hasEntry("google.cloud.storage") && ModuleTable.hasEntry("ninja.NinjaAPI"))
    #expect(!ModuleTable.hasEntry("google.cloud.storage.blob") && !ModuleTable.hasEntry("yaml"))
  }
}
