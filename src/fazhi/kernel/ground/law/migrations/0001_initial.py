import django.db.models.deletion
from django.db import migrations, models

import fazhi.kernel.ground.core.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="RuleSetting",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=fazhi.kernel.ground.core.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("rule_id", models.CharField(max_length=80, verbose_name="规则版本")),
                ("enabled", models.BooleanField(verbose_name="启用")),
                ("value", models.PositiveIntegerField(blank=True, null=True, verbose_name="数额")),
                (
                    "unit",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("day", "日"),
                            ("working_day", "个工作日"),
                            ("month", "个月"),
                            ("year", "年"),
                            ("hour", "小时"),
                        ],
                        max_length=12,
                        null=True,
                        verbose_name="单位",
                    ),
                ),
                ("source", models.CharField(max_length=300, verbose_name="依据")),
                ("decided_by", models.BigIntegerField(verbose_name="决定人")),
                ("decided_on", models.DateField(verbose_name="决定日期")),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="撤回日期")),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.jurisdiction",
                        verbose_name="辖区",
                    ),
                ),
            ],
            options={
                "verbose_name": "期限规则设置",
                "verbose_name_plural": "期限规则设置",
                "constraints": [
                    models.UniqueConstraint(fields=("jurisdiction", "rule_id"), name="law_rule_setting_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("unit", None), ("value", None)),
                            models.Q(
                                ("unit__in", ["day", "working_day", "month", "year", "hour"]),
                                ("unit__isnull", False),
                                ("value__gte", 1),
                                ("value__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="law_rule_setting_number",
                        violation_error_message="数额和单位须同时填写，数额须为正整数",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True),
                        name="law_rule_setting_source",
                        violation_error_message="请写明依据（文件名称、文号和条款）",
                    ),
                ],
            },
        ),
    ]
