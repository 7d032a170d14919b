from django.db import migrations, models

# protect() installs the functions after migrating. They depend on the tables, and the triggers of all others on them.
UNPROTECT = """
DROP FUNCTION IF EXISTS
    audit_record(), audit_note(bigint, text, bigint, jsonb), audit_erase(text, bigint, jsonb, boolean),
    audit_write(bigint, text, bigint, text, jsonb), audit_seal(), audit_close(bigint), audit_begin_era(text), audit_lag(),
    audit_head(audit_block), audit_leaf(audit_entry) CASCADE
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Era",
            fields=[
                ("era", models.IntegerField(primary_key=True, serialize=False, verbose_name="纪元")),
                ("after", models.BigIntegerField(verbose_name="此前末区块")),
                ("cluster", models.BigIntegerField(verbose_name="数据库集群标识")),
                ("began_at", models.DateTimeField(verbose_name="开始时间")),
                ("reason", models.TextField(verbose_name="原因")),
            ],
            options={
                "verbose_name": "审计纪元",
                "verbose_name_plural": "审计纪元",
            },
        ),
        migrations.CreateModel(
            name="Payload",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="审计记录号")),
                ("jurisdiction_id", models.BigIntegerField(null=True, verbose_name="辖区")),
                ("image", models.JSONField(verbose_name="内容")),
            ],
            options={
                "verbose_name": "审计内容",
                "verbose_name_plural": "审计内容",
            },
        ),
        migrations.CreateModel(
            name="Block",
            fields=[
                ("n", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="区块号")),
                ("era", models.IntegerField(verbose_name="纪元")),
                ("from_xid", models.BigIntegerField(verbose_name="起始事务号")),
                ("to_xid", models.BigIntegerField(verbose_name="截止事务号")),
                ("entries", models.BigIntegerField(verbose_name="记录数")),
                ("sealed_at", models.DateTimeField(verbose_name="封存时间")),
                ("previous", models.BinaryField(verbose_name="前一区块摘要")),
                ("hash", models.BinaryField(verbose_name="本区块摘要")),
                ("leaves", models.BinaryField(verbose_name="记录摘要表")),
            ],
            options={
                "verbose_name": "审计区块",
                "verbose_name_plural": "审计区块",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("to_xid__gt", models.F("from_xid"))), name="audit_block_range"
                    ),
                    models.CheckConstraint(condition=models.Q(("entries__gt", 0)), name="audit_block_filled"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("xid", models.BigIntegerField(verbose_name="事务号")),
                ("jurisdiction_id", models.BigIntegerField(null=True, verbose_name="辖区")),
                ("row_id", models.BigIntegerField(verbose_name="记录号")),
                ("actor", models.BigIntegerField(null=True, verbose_name="操作人")),
                ("at", models.DateTimeField(null=True, verbose_name="操作时间")),
                ("recorded", models.DateTimeField(verbose_name="写入时间")),
                ("era", models.IntegerField(verbose_name="纪元")),
                (
                    "op",
                    models.CharField(
                        choices=[
                            ("I", "新增"),
                            ("U", "修改"),
                            ("D", "删除"),
                            ("B", "基线"),
                            ("N", "记事"),
                            ("E", "依法销毁"),
                            ("S", "表结构"),
                        ],
                        max_length=1,
                        verbose_name="操作",
                    ),
                ),
                ("table_name", models.CharField(max_length=63, verbose_name="表")),
                ("act", models.TextField(verbose_name="办理动作")),
                ("digest", models.BinaryField(verbose_name="内容摘要")),
            ],
            options={
                "verbose_name": "审计记录",
                "verbose_name_plural": "审计记录",
                "indexes": [
                    models.Index(fields=["era", "xid"], name="audit_entry_in_block"),
                    models.Index(fields=["row_id"], name="audit_entry_of_row"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("op__in", ["I", "U", "D", "B", "N", "E", "S"])), name="audit_entry_op"
                    )
                ],
            },
        ),
        migrations.RunSQL(migrations.RunSQL.noop, UNPROTECT),
    ]
