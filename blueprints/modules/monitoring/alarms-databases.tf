# RDS PostgreSQL and its replicas (rows 004-08, 004-26, 004-34); Aurora: its load, and how far it is behind (rows 001-18,
# 001-46, 003-15).
locals {
  gb = 1024 * 1024 * 1024
  mb = 1024 * 1024
  slow = {
    namespace      = "AWS/RDS"
    period_seconds = 300
    missing_data   = "missing"
  }

  postgres_alarms = merge(flatten([
    for postgres in var.postgres[*] : [
      {
        for key, alarm in {
          database-cpu = {
            description = "The database uses more than 80 % of its CPU."
            metric_name = "CPUUtilization"
            statistic   = "Average"
            when        = "above"
            threshold   = 80
            periods     = 3
          }
          database-connections = {
            description = "More than 80 % of the ${postgres.max_connections} connections are taken."
            metric_name = "DatabaseConnections"
            statistic   = "Maximum"
            when        = "above"
            threshold   = floor(postgres.max_connections * 0.8)
            periods     = 2
          }
          database-storage = {
            description = "Less than 15 % of the ${postgres.storage_gb} GB are free; raise the storage before it is full."
            metric_name = "FreeStorageSpace"
            statistic   = "Minimum"
            when        = "below"
            threshold   = floor(postgres.storage_gb * 0.15 * local.gb)
            periods     = 1
          }
          database-memory = {
            description = "Less than 64 MB of memory are free in the database."
            metric_name = "FreeableMemory"
            statistic   = "Minimum"
            when        = "below"
            threshold   = 64 * local.mb
            periods     = 3
          }
        } : key => merge(alarm, local.slow, { dimensions = { DBInstanceIdentifier = postgres.identifier } })
      },
      {
        for index, identifier in postgres.replica_identifiers : "replica-${index + 1}-lag" => merge(local.slow, {
          description = "Read replica ${index + 1} is more than 30 s behind."
          metric_name = "ReplicaLag"
          dimensions  = { DBInstanceIdentifier = identifier }
          statistic   = "Maximum"
          when        = "above"
          threshold   = 30
          periods     = 2
        })
      },
    ]
  ])...)

  aurora_alarms = merge([
    for aurora in var.aurora[*] : {
      for key, alarm in {
        database-cpu = {
          description = "The database uses more than 80 % of its CPU."
          metric_name = "CPUUtilization"
          statistic   = "Average"
          threshold   = 80
          periods     = 3
          is_wanted   = true
        }
        database-capacity = {
          description = "The database has used more than 90 % of its most capacity for 15 minutes; raise the bound."
          metric_name = "ACUUtilization"
          statistic   = "Average"
          threshold   = 90
          periods     = 3
          is_wanted   = aurora.is_serverless
        }
        reader-lag = {
          description = "A reader is more than a second behind the writer."
          metric_name = "AuroraReplicaLagMaximum"
          statistic   = "Maximum"
          threshold   = 1000
          periods     = 2
          is_wanted   = aurora.instances > 1
        }
        global-lag = {
          description = "The other region is more than a minute behind; a failover now would lose that much."
          metric_name = "AuroraGlobalDBReplicationLag"
          statistic   = "Maximum"
          threshold   = 60000
          periods     = 2
          is_wanted   = aurora.is_global
        }
        } : key => merge(alarm, local.slow, {
          when       = "above"
          dimensions = { DBClusterIdentifier = aurora.identifier }
      }) if alarm.is_wanted
    }
  ]...)

  # AWS Backup counts by vault, so those of others that share it count too (row 003-37).
  backup_alarms = merge([
    for vault in var.backup_vault[*] : {
      backup-failed = {
        description    = "A backup into the vault ${vault} failed; see the vault’s jobs for whose it was and why."
        namespace      = "AWS/Backup"
        metric_name    = "NumberOfBackupJobsFailed"
        dimensions     = { BackupVaultName = vault }
        statistic      = "Sum"
        when           = "above"
        threshold      = 0
        period_seconds = 3600
        periods        = 1
        missing_data   = "notBreaching"
      }
    }
  ]...)
}
